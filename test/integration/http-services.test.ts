import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { type Mailbox, startMailbox } from '../support/mailbox.ts'
import { type OidcProvider, startOidcProvider } from '../support/oidc-provider.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { sparePort } from '../support/spare-port.ts'

const PASSWORD = 'correct horse battery'

interface Me {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly isGuest: boolean
}

let server: TestServer
let provider: OidcProvider
let mailbox: Mailbox

beforeAll(async () => {
  provider = await startOidcProvider({ sub: 'first', name: 'First' })
  mailbox = await startMailbox()
  const port = await sparePort()
  const oidc = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'drawbridge', OIDC_CLIENT_SECRET: 'a secret' }
  const mail = { SMTP_URL: mailbox.url, EMAIL_FROM: 'Drawbridge <board@example.org>' }
  server = await startServer({ port, env: { ...oidc, ...mail, PUBLIC_URL: `http://localhost:${port}` } })
})
afterAll(async () => {
  await server.remove()
  await provider.close()
  await mailbox.close()
})

const newGuest = async (boardTitle: string): Promise<HttpClient> => {
  const client = await enterAsGuest(server.url)
  await client.call('POST', '/api/boards', { title: boardTitle })
  return client
}

/** Goes where the browser would be sent, until it is sent to a page; that page's address. */
const follow = async (client: HttpClient, from: URL): Promise<URL> => {
  let at = from
  for (let hop = 0; hop < 6; hop += 1) {
    if (at.origin === server.url && !at.pathname.startsWith('/api/')) return at
    const ours = at.origin === server.url
    const headers = ours
      ? (await client.call('GET', at.pathname + at.search)).headers
      : (await fetch(at, { redirect: 'manual' })).headers
    at = new URL(headers.get('location') ?? '', at)
  }
  throw new Error(`Sent on and on, to ${at}`)
}

const signInElsewhere = async (client: HttpClient): Promise<URL> =>
  follow(client, await client.begin('oidc', { callbackUrl: '/boards' }))

const me = async (client: HttpClient): Promise<Me> => (await client.call<Me>('GET', '/api/me')).body

const titles = async (client: HttpClient): Promise<string[]> => {
  const { body } = await client.call<{ boards: { title: string }[] }>('GET', '/api/boards')
  return body.boards.map(({ title }) => title).sort()
}

describe('signing in through another service', () => {
  it('makes an account, brings the boards of the guest along, and finds the account again', async () => {
    provider.profile = { sub: 'ada', name: 'Ada', email: 'Ada@example.org' }
    const first = await newGuest('From the desk')
    const guestId = (await me(first)).id
    expect((await signInElsewhere(first)).pathname).toBe('/boards')
    const account = await me(first)
    expect(account).toMatchObject({ name: 'Ada', email: 'ada@example.org', isGuest: false })
    expect(account.id).not.toBe(guestId)
    expect(first.cookie()).toContain(`drawbridge.was.${guestId}=${account.id}`)
    expect(await titles(first)).toEqual(['From the desk'])
    const second = await newGuest('From the phone')
    await signInElsewhere(second)
    expect((await me(second)).id).toBe(account.id)
    expect(await titles(second)).toEqual(['From the desk', 'From the phone'])
  })

  it('does not open an account that a password made, nor take the boards of the guest for it', async () => {
    const account = { name: 'Bea', email: 'bea@example.org', password: PASSWORD }
    await createHttpClient(server.url).call('POST', '/api/register', account)
    provider.profile = { sub: 'bea', name: 'Not Bea', email: account.email }
    const guest = await newGuest('Mine')
    const sent = await signInElsewhere(guest)
    expect([sent.pathname, sent.searchParams.get('error')]).toEqual(['/signin', 'OAuthAccountNotLinked'])
    expect((await me(guest)).isGuest).toBe(true)
    expect(await titles(guest)).toEqual(['Mine'])
    expect(guest.cookie()).not.toContain('drawbridge.was')
  })

  it('needs an address', async () => {
    provider.profile = { sub: 'nobody', name: 'Nobody' }
    const guest = await newGuest('Mine')
    const sent = await signInElsewhere(guest)
    expect([sent.pathname, sent.searchParams.get('error')]).toEqual(['/signin', 'NoEmail'])
    expect((await me(guest)).isGuest).toBe(true)
  })
})

describe('signing in by a link in an e-mail', () => {
  const askFor = async (client: HttpClient, email: string): Promise<URL> =>
    client.begin('email', { email, callbackUrl: '/boards' })

  it('works once, and brings the boards of the guest along', async () => {
    const guest = await newGuest('Mine')
    const guestId = (await me(guest)).id
    const sent = await askFor(guest, ' Cleo@Example.org')
    expect(sent.searchParams.get('error')).toBeNull()
    const mail = mailbox.messages.at(-1)
    expect(mail?.to).toBe('cleo@example.org')
    const link = mail?.text.match(/http:\/\/localhost:\d+\/api\/auth\/callback\/email\?\S+/)?.[0] ?? ''
    expect((await follow(guest, new URL(link))).pathname).toBe('/boards')
    const account = await me(guest)
    expect(account).toMatchObject({ name: 'Guest', email: 'cleo@example.org', isGuest: false })
    // What the pages of this browser need to bring its copies along.
    expect(guest.cookie()).toContain(`drawbridge.was.${guestId}=${account.id}`)
    expect(await titles(guest)).toEqual(['Mine'])
    const again = await follow(createHttpClient(server.url), new URL(link))
    expect([again.pathname, again.searchParams.get('error')]).toEqual(['/signin', 'Verification'])
  })

  it('AP7: sends nothing to what is not one plain address', async () => {
    const before = mailbox.messages.length
    for (const email of ['a@x.org,b@y.org', '"a@evil.org"@x.org', 'a＠x.org', '']) {
      const sent = await askFor(createHttpClient(server.url), email)
      expect([email, sent.searchParams.get('error')]).toEqual([email, 'EmailSignin'])
    }
    expect(mailbox.messages.length).toBe(before)
  })
})

describe('an account that somebody else registered with an address', () => {
  it('AP8: is its owner’s alone once they come in through a link in an e-mail', async () => {
    const account = { name: 'Eve', email: 'dora@example.org', password: PASSWORD }
    const eve = createHttpClient(server.url)
    await eve.call('POST', '/api/register', account)
    await eve.signIn('credentials', account)
    expect(await me(eve)).toMatchObject({ email: account.email })

    const dora = createHttpClient(server.url)
    await dora.begin('email', { email: account.email, callbackUrl: '/boards' })
    const mail = mailbox.messages.at(-1)
    const link = mail?.text.match(/http:\/\/localhost:\d+\/api\/auth\/callback\/email\?\S+/)?.[0] ?? ''
    await follow(dora, new URL(link))

    expect(await me(dora)).toMatchObject({ email: account.email })
    expect((await eve.call('GET', '/api/me')).status).toBe(401)
    const again = await createHttpClient(server.url).signIn('credentials', account)
    expect(again.searchParams.get('error')).toBe('CredentialsSignin')
  })
})

describe('links in e-mails', () => {
  it('AP6: do not fill a mailbox', async () => {
    const before = mailbox.messages.length
    const errors = []
    for (let n = 0; n < 7; n += 1) {
      const sent = await createHttpClient(server.url).begin('email', { email: 'flora@example.org' })
      errors.push(sent.searchParams.get('error'))
    }
    expect(errors.slice(0, 5)).toEqual([null, null, null, null, null])
    expect(errors.slice(5)).toEqual(['TooManyAttempts', 'TooManyAttempts'])
    expect(mailbox.messages.length).toBe(before + 5)
  })
})

describe('a service that calls an address unverified', () => {
  it('AP7: does not open or make an account with it', async () => {
    provider.profile = { sub: 'eve', name: 'Eve', email: 'gina@example.org', email_verified: false }
    const guest = await newGuest('Mine')
    const sent = await signInElsewhere(guest)
    expect([sent.pathname, sent.searchParams.get('error')]).toEqual(['/signin', 'NoEmail'])
    expect((await me(guest)).isGuest).toBe(true)
  })
})
