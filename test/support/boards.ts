import type { HttpClient } from './http-client.ts'

/** What the call for a ticket answers. */
export interface Ticket {
  readonly ticket: string
  readonly expiresAt: number
  readonly role: string
  readonly url: string
}

/** A share link as its owner is shown it. */
export interface Link {
  readonly id: string
  readonly role: string
  readonly url: string
}

const made = async <Body>(
  client: HttpClient,
  path: string,
  json: object,
  expected: number,
): Promise<Body> => {
  const { status, body } = await client.call<Body>('POST', path, json)
  if (status !== expected) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body
}

/** Makes a board through the API; its id. */
export const newBoard = async (client: HttpClient, title = 'Plan'): Promise<string> =>
  (await made<{ id: string }>(client, '/api/boards', { title }, 201)).id

export const newLink = (client: HttpClient, boardId: string, role: string): Promise<Link> =>
  made(client, `/api/boards/${boardId}/links`, { role }, 201)

/** The secret part of a share link's address. */
export const secretOf = ({ url }: Pick<Link, 'url'>): string => new URL(url).pathname.slice('/s/'.length)

/** @param link the secret of a share link to show with the request */
export const ticketFor = (client: HttpClient, boardId: string, link?: string): Promise<Ticket> =>
  made(client, `/api/boards/${boardId}/ticket`, { link }, 200)
