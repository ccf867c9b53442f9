import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttpClient, enterAsGuest } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ env: { PUBLIC_URL: 'https://draw.example' } })
}, 90_000)
afterAll(() => server?.remove())

it('AP8, AP10: a site behind https keeps sessions to itself and to https', async () => {
  const guest = await enterAsGuest(server.url, 'Grace')
  expect(guest.cookie()).toMatch(/(^|; )__Host-next-auth\.session-token=/)
  const me = await guest.call<{ name: string }>('GET', '/api/me')
  expect([me.status, me.body.name]).toEqual([200, 'Grace'])
  expect(me.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
  const planted = createHttpClient(server.url)
  const value = /__Host-next-auth\.session-token=([^;]+)/.exec(guest.cookie())?.[1] ?? ''
  for (const name of ['next-auth.session-token', '__Secure-next-auth.session-token']) {
    planted.setCookie(name, value)
  }
  expect((await planted.call('GET', '/api/me')).status).toBe(401)
  const kept = guest.cookie()
  await guest.signOut()
  expect(guest.cookie()).not.toContain('session-token')
  const replayed = await createHttpClient(server.url).call('GET', '/api/me', undefined, { cookie: kept })
  expect(replayed.status).toBe(401)
})
