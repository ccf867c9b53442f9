import * as Y from 'yjs'
import { newBoard, newLink, secretOf, ticketFor } from './boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from './http-client.ts'
import { makePng } from './pictures.ts'
import { connectWith, entered } from './ws-client.ts'

export const PASSWORD = 'correct horse battery'

/** Everybody who may ask for something, from nobody at all to the owner. The order of columns in the table. */
export const ACTORS = [
  /** Without a session. */
  'anonymous',
  /** With the cookie of the owner's session in another browser, which was signed out. */
  'ended',
  /** A guest who could draw and became part of an account; with the guest's cookie. */
  'merged',
  /** A guest who has nothing to do with the board. */
  'outsider',
  /** An account that has nothing to do with the board. */
  'account',
  /** Came in by a link that was taken back since. */
  'former',
  'viewer',
  'editor',
  'owner',
] as const
export type Actor = (typeof ACTORS)[number]

/** A board and what is on it, or what only looks like one. */
export interface Things {
  readonly board: string
  readonly link: string
  readonly version: string
  readonly picture: string
}

/** One board with everybody round it. */
export interface Scene {
  readonly actors: Readonly<Record<Actor, HttpClient>>
  readonly own: Things
  /** Of somebody else. */
  readonly foreign: Things
  /** Well-formed and nowhere. */
  readonly nothing: Things
  /** The secret of the editors' link. */
  readonly secret: string
}

const nothing: Things = {
  board: 'AAAAAAAAAAAAAAAAAAAA',
  link: 'BBBBBBBBBBBBBBBBBBBB',
  version: 'CCCCCCCCCCCCCCCCCCCC',
  picture: 'd'.repeat(64),
}

let count = 0

const newAccount = async (url: string) => {
  count += 1
  const account = { name: 'Ada', email: `actor${count}@example.org`, password: PASSWORD }
  const client = createHttpClient(url)
  await client.call('POST', '/api/register', account)
  await client.signIn('credentials', account)
  return { client, account }
}

/** A client that goes on showing what another had in its cookies now, though the server takes them back. */
const replayOf = (client: HttpClient): HttpClient => {
  const pairs = client.cookie().split('; ')
  const copy = (): HttpClient => {
    const made = createHttpClient(client.url)
    for (const pair of pairs) {
      const cut = pair.indexOf('=')
      made.setCookie(pair.slice(0, cut), pair.slice(cut + 1))
    }
    return made
  }
  return { ...copy(), call: (...asked) => copy().call(...asked) }
}

const draw = async (client: HttpClient, boardId: string): Promise<void> => {
  const peer = await entered(connectWith(await ticketFor(client, boardId)))
  peer.elements.set('one', new Y.Map([['base', { type: 'rectangle' }]]))
  await peer.until(() => peer.saved >= peer.sent)
  await peer.close()
}

export const bringPicture = async (client: HttpClient, boardId: string): Promise<Response> =>
  fetch(`${client.url}/api/boards/${boardId}/assets`, {
    method: 'POST',
    headers: { cookie: client.cookie(), 'content-type': 'image/png' },
    body: new Uint8Array(makePng()),
  })

export const newVersion = async (client: HttpClient, boardId: string): Promise<string> => {
  const made = await client.call<{ id: string }>('POST', `/api/boards/${boardId}/versions`, { name: 'Kept' })
  return made.body.id
}

const furnished = async (owner: HttpClient): Promise<Things> => {
  const board = await newBoard(owner)
  await draw(owner, board)
  const { id: link } = await newLink(owner, board, 'viewer')
  const { hash } = (await (await bringPicture(owner, board)).json()) as { hash: string }
  return { board, link, version: await newVersion(owner, board), picture: hash }
}

/** Somebody like the actor, for what nobody outlives. */
export const standIn = async ({ actors }: Scene, actor: Actor): Promise<HttpClient> => {
  const { url } = actors[actor]
  if (actor === 'anonymous' || actor === 'ended' || actor === 'merged') return actors[actor]
  return actor === 'account' || actor === 'owner' ? (await newAccount(url)).client : enterAsGuest(url)
}

const joined = async (url: string, secret: string): Promise<HttpClient> => {
  const guest = await enterAsGuest(url)
  await guest.call('POST', '/api/links/join', { secret })
  return guest
}

export const makeScene = async (url: string): Promise<Scene> => {
  const { client: owner, account: ownAccount } = await newAccount(url)
  const own = await furnished(owner)
  const [viewers, editors, revoked] = [
    await newLink(owner, own.board, 'viewer'),
    await newLink(owner, own.board, 'editor'),
    await newLink(owner, own.board, 'editor'),
  ]
  const former = await joined(url, secretOf(revoked))
  await owner.call('DELETE', `/api/boards/${own.board}/links/${revoked.id}`)

  const elsewhere = createHttpClient(url)
  await elsewhere.signIn('credentials', ownAccount)
  const ended = replayOf(elsewhere)
  await elsewhere.signOut()

  const guest = await joined(url, secretOf(editors))
  const merged = replayOf(guest)
  await guest.signIn('credentials', (await newAccount(url)).account)

  return {
    actors: {
      anonymous: createHttpClient(url),
      ended,
      merged,
      outsider: await enterAsGuest(url),
      account: (await newAccount(url)).client,
      former,
      viewer: await joined(url, secretOf(viewers)),
      editor: await joined(url, secretOf(editors)),
      owner,
    },
    own,
    foreign: await furnished(await enterAsGuest(url)),
    nothing,
    secret: secretOf(editors),
  }
}
