import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACTORS,
  type Actor,
  bringPicture,
  makeScene,
  type Scene,
  type Things,
} from '../support/access-scene.ts'
import { ACCESS, type Row } from '../support/access-table.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'

const app = join(import.meta.dirname, '..', '..', 'app')
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

let server: TestServer
let scene: Scene

beforeAll(async () => {
  server = await startServer()
  scene = await makeScene(server.url)
}, 90_000)
afterAll(() => server?.remove())

interface Said {
  readonly status: number
  readonly body: unknown
}

const pathOf = (route: string, { board, link, version, picture }: Things): string =>
  route
    .replace('[...nextauth]', 'session')
    .replace(/\[(id|boardId)\]/, board)
    .replace('[linkId]', link)
    .replace('[versionId]', version)
    .replace('[hash]', picture)
    .replace('[secret]', 'made.up')

const ask = async (client: HttpClient, { method, route, body }: Row, things: Things): Promise<Said> => {
  if (body === 'picture') {
    const response = await bringPicture(client, things.board)
    return { status: response.status, body: await response.json() }
  }
  const { status, body: said } = await client.call(method, pathOf(route, things), body)
  return { status, body: said }
}

const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
const routes = files
  .filter((path) => /(^|\/)(page\.tsx|route\.ts)$/.test(path) && !path.includes('_http'))
  .map((path) => `/${path.split('/').slice(0, -1).join('/')}`)

const allowed = async (route: string): Promise<string[]> => {
  const { headers } = await createHttpClient(server.url).call('OPTIONS', pathOf(route, scene.nothing))
  return (headers.get('allow') ?? '').split(', ').filter((method) => METHODS.includes(method))
}

describe('AP1: who may do what over HTTP', () => {
  it('stands in one table, which has every method of every route and page, and nothing else', async () => {
    const expected = new Set<string>()
    for (const route of routes) {
      const methods = route.startsWith('/api/') ? await allowed(route) : ['GET']
      for (const method of methods) expected.add(`${method} ${route}`)
    }
    expect(new Set(ACCESS.map(({ method, route }) => `${method} ${route}`))).toEqual(expected)
  })

  it('has no server actions beside it, which no row would show', () => {
    const withActions = files
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) => /^\s*['"]use server['"]/m.test(readFileSync(join(app, path), 'utf8')))
    expect(withActions).toEqual([])
  })

  it('is as the table says, for each of nine kinds of people', async () => {
    const found: Record<string, string> = {}
    const wanted: Record<string, string> = {}
    for (const row of ACCESS) {
      const statuses: number[] = []
      for (const actor of ACTORS) {
        const things = { ...scene.own, ...(await row.fresh?.(scene, actor)) }
        const client = (await row.as?.(scene, actor)) ?? scene.actors[actor]
        statuses.push((await ask(client, row, things)).status)
      }
      found[`${row.method} ${row.route}`] = statuses.join(' ')
      wanted[`${row.method} ${row.route}`] = row.statuses.join(' ')
    }
    expect(found).toEqual(wanted)
  }, 60_000)

  it('does not tell what belongs to others from what does not exist, in status or words', async () => {
    for (const row of ACCESS.filter(({ route }) => /\[(id|boardId)\]/.test(route))) {
      for (const actor of ['anonymous', 'outsider', 'owner'] as const) {
        const others = await ask(scene.actors[actor], row, scene.foreign)
        const none = await ask(scene.actors[actor], row, scene.nothing)
        const isPage = !row.route.startsWith('/api/')
        const open = actor === 'anonymous' ? (isPage ? 200 : 401) : 404
        expect([row.method, row.route, actor, others.status]).toEqual([row.method, row.route, actor, open])
        if (isPage) expect(none.status).toBe(others.status)
        else expect([row.route, none]).toEqual([row.route, others])
      }
    }
  }, 60_000)

  it('does not let the owner of a board reach through it to what is on another', async () => {
    const through = ACCESS.filter(({ route }) => /\[(linkId|versionId|hash)\]/.test(route))
    expect(through.length).toBeGreaterThan(5)
    for (const row of through) {
      const mixed = { ...scene.foreign, board: scene.own.board }
      // A picture is named by its content: the same one may be on both boards.
      const { picture, ...rest } = mixed
      const things = { ...rest, picture: picture === scene.own.picture ? scene.nothing.picture : picture }
      expect([row.route, (await ask(scene.actors.owner, row, things)).status]).toEqual([row.route, 404])
    }
  })
})

describe('AP11: a share link', () => {
  const as = (actor: Actor): HttpClient => scene.actors[actor]

  it('for viewers gives nobody more than looking, whatever they ask for with it', async () => {
    const { board } = scene.own
    const viewer = as('viewer')
    const ticket = await viewer.call<{ role: string }>('POST', `/api/boards/${board}/ticket`, {})
    expect([ticket.status, ticket.body.role]).toEqual([200, 'viewer'])
    const claimed = await viewer.call<{ role: string }>('POST', `/api/boards/${board}/ticket`, {
      role: 'editor',
    })
    expect(claimed.body.role).toBe('viewer')
    expect((await bringPicture(viewer, board)).status).toBe(403)
  })

  it('that was taken back, never was, or is for another board has one answer', async () => {
    const { outsider, owner } = scene.actors
    const words = new Set<string>()
    const { body: dead } = await owner.call<{ id: string; url: string }>(
      'POST',
      `/api/boards/${scene.own.board}/links`,
      { role: 'editor' },
    )
    const secret = new URL(dead.url).pathname.slice(3)
    await owner.call('DELETE', `/api/boards/${scene.own.board}/links/${dead.id}`)
    const [id = '', mac = ''] = secret.split('.')
    for (const shown of [secret, `${id}.${mac.slice(1)}A`, `${mac}.${id}`, 'x', 'a.b.c', '', '%00']) {
      const joined = await outsider.call('POST', '/api/links/join', { secret: shown })
      words.add(JSON.stringify([joined.status, joined.body]))
    }
    for (const shown of [secret, `${id}.${mac.slice(1)}A`]) {
      const ticket = await outsider.call('POST', `/api/boards/${scene.own.board}/ticket`, { link: shown })
      words.add(JSON.stringify([ticket.status, ticket.body]))
      expect((await outsider.call('GET', `/s/${shown}`)).status).toBe(404)
    }
    expect([...words]).toHaveLength(1)
    expect([...words][0]).toContain('link-dead')
  })

  it('cannot be guessed for long from one address, where living ones go on working', async () => {
    const { outsider, owner, account } = scene.actors
    const statuses = new Set<number>()
    for (let guess = 0; guess < 130; guess += 1) {
      const { status, headers } = await outsider.call('POST', '/api/links/join', { secret: `guess.${guess}` })
      statuses.add(status)
      if (status !== 429) continue
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      break
    }
    expect([...statuses]).toEqual([404, 429])
    const path = `/api/boards/${scene.own.board}/links`
    const { body: living } = await owner.call<{ url: string }>('POST', path, { role: 'viewer' })
    const shown = { secret: new URL(living.url).pathname.slice(3) }
    expect((await outsider.call('POST', '/api/links/join', shown)).status).toBe(200)
    expect((await outsider.call('GET', `/s/${shown.secret}`)).status).toBe(200)
    expect((await account.call('GET', '/api/boards')).status).toBe(200)
  })
})
