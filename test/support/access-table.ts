import { type Actor, newVersion, PASSWORD, type Scene, standIn, type Things } from './access-scene.ts'
import { newBoard, newLink } from './boards.ts'
import type { HttpClient } from './http-client.ts'

/** One method of one route: what each actor is answered with, in the order of `ACTORS`. */
export interface Row {
  readonly method: string
  /** The route's folder under `app`, as Next names it. */
  readonly route: string
  readonly statuses: readonly number[]
  /** Fields of a JSON body, or `picture` for the bytes of one. */
  readonly body?: object | 'picture'
  /** Ends in place of the route's parameters; for things that are gone once somebody has succeeded. */
  readonly fresh?: (scene: Scene, actor: Actor) => Promise<Partial<Things>>
  /** Asks in place of the actor; for what ends whoever asks. */
  readonly as?: (scene: Scene, actor: Actor) => Promise<HttpClient>
}

type More = Pick<Row, 'body' | 'fresh' | 'as'>

const row = (method: string, route: string, statuses: string, more: More = {}): Row => ({
  method,
  route,
  statuses: statuses.trim().split(/\s+/).map(Number),
  ...more,
})

const freshLink = async ({ actors: { owner }, own }: Scene) => ({
  link: (await newLink(owner, own.board, 'viewer')).id,
})
const freshVersion = async ({ actors: { owner }, own }: Scene) => ({
  version: await newVersion(owner, own.board),
})
const inBin = async ({ actors: { owner } }: Scene) => {
  const board = await newBoard(owner)
  await owner.call('DELETE', `/api/boards/${board}`)
  return { board }
}
/** The board itself for all but the owner, who may remove it. */
const freshBoard = async ({ actors: { owner } }: Scene, actor: Actor) =>
  actor === 'owner' ? { board: await newBoard(owner) } : {}

const newPassword = { current: PASSWORD, next: `${PASSWORD} staple` }
const closing = { password: PASSWORD, word: 'close' }

const account = { name: 'x', email: 'x@example.org', password: 'short' }

/**
 * AP1: every route and method, and what everybody is answered with who asks for something on the owner's board. For boards of
 * others and boards that are none, whoever is not let in here gets the same.
 */
// biome-ignore format: a table
export const ACCESS: readonly Row[] = [
  // anonymous, ended, merged, outsider, account, former, viewer, editor, owner
  row('GET', '/api/me',                                           '401 401 401 200 200 200 200 200 200'),
  row('PATCH', '/api/me',                                         '401 401 401 200 200 200 200 200 200', { body: { name: 'Ada' } }),
  row('POST', '/api/me/password',                                 '401 401 401 403 204 403 403 403 204', { body: newPassword, as: standIn }),
  row('DELETE', '/api/me/sessions',                               '401 401 401 403 204 403 403 403 204', { as: standIn }),
  row('POST', '/api/me/close',                                    '401 401 401 204 204 204 204 204 204', { body: closing, as: standIn }),
  row('POST', '/api/register',                                    '400 400 400 400 400 400 400 400 400', { body: account }),
  row('GET', '/api/auth/[...nextauth]',                           '200 200 200 200 200 200 200 200 200'),
  row('POST', '/api/auth/[...nextauth]',                          '400 400 400 400 400 400 400 400 400', { body: {} }),
  row('POST', '/api/links/join',                                  '401 401 401 404 404 404 404 404 404', { body: { secret: 'made.up' } }),
  row('GET', '/api/boards',                                       '401 401 401 200 200 200 200 200 200'),
  row('POST', '/api/boards',                                      '401 401 401 201 201 201 201 201 201', { body: {} }),
  row('GET', '/api/boards/[id]',                                  '401 401 401 404 404 404 200 200 200'),
  row('PATCH', '/api/boards/[id]',                                '401 401 401 404 404 404 403 200 200', { body: { title: 'Plan' } }),
  row('DELETE', '/api/boards/[id]',                               '401 401 401 404 404 404 403 403 204', { fresh: freshBoard }),
  row('POST', '/api/boards/[id]/restore',                         '401 401 401 404 404 404 404 404 200', { fresh: inBin }),
  row('GET', '/api/boards/bin',                                   '401 401 401 200 200 200 200 200 200'),
  row('DELETE', '/api/boards/bin/[id]',                           '401 401 401 404 404 404 404 404 204', { fresh: inBin }),
  row('POST', '/api/boards/[id]/duplicate',                       '401 401 401 404 404 404 201 201 201'),
  row('GET', '/api/boards/[id]/preview.svg',                      '401 401 401 404 404 404 200 200 200'),
  row('POST', '/api/boards/[id]/ticket',                          '401 401 401 404 404 404 200 200 200', { body: {} }),
  row('GET', '/api/boards/[id]/links',                            '401 401 401 404 404 404 403 403 200'),
  row('POST', '/api/boards/[id]/links',                           '401 401 401 404 404 404 403 403 201', { body: { role: 'viewer' } }),
  row('DELETE', '/api/boards/[id]/links/[linkId]',                '401 401 401 404 404 404 403 403 204', { fresh: freshLink }),
  row('POST', '/api/boards/[id]/assets',                          '401 401 401 404 404 404 403 201 201', { body: 'picture' }),
  row('GET', '/api/boards/[id]/assets/[hash]',                    '401 401 401 404 404 404 200 200 200'),
  row('GET', '/api/boards/[id]/versions',                         '401 401 401 404 404 404 403 200 200'),
  row('POST', '/api/boards/[id]/versions',                        '401 401 401 404 404 404 403 201 201', { body: { name: 'Kept' } }),
  row('PATCH', '/api/boards/[id]/versions/[versionId]',           '401 401 401 404 404 404 403 200 200', { body: { name: 'Kept' } }),
  row('DELETE', '/api/boards/[id]/versions/[versionId]',          '401 401 401 404 404 404 403 403 204', { fresh: freshVersion }),
  row('GET', '/api/boards/[id]/versions/[versionId]/state',       '401 401 401 404 404 404 403 200 200'),
  row('POST', '/api/boards/[id]/versions/[versionId]/restore',    '401 401 401 404 404 404 403 201 201'),
  row('POST', '/api/boards/[id]/versions/[versionId]/copy',       '401 401 401 404 404 404 403 201 201'),
  row('GET', '/',                                                 '200 200 200 200 200 200 200 200 200'),
  row('GET', '/account',                                          '307 307 307 200 200 200 200 200 200'),
  row('GET', '/boards',                                           '200 200 200 200 200 200 200 200 200'),
  row('GET', '/boards/bin',                                       '307 307 307 200 200 200 200 200 200'),
  row('GET', '/b/[boardId]',                                      '200 200 200 404 404 404 200 200 200'),
  row('GET', '/s/[secret]',                                       '404 404 404 404 404 404 404 404 404'),
  row('GET', '/signin',                                           '200 200 200 200 307 200 200 200 307'),
  row('GET', '/signin/done',                                      '200 200 200 200 200 200 200 200 200'),
  row('GET', '/register',                                         '200 200 200 200 307 200 200 200 307'),
  row('GET', '/offline',                                          '200 200 200 200 200 200 200 200 200'),
  row('GET', '/offline/assets',                                   '200 200 200 200 200 200 200 200 200'),
]
