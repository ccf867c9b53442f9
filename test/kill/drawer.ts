import * as Y from 'yjs'
import { connectWith, entered, type RawClient } from '../support/ws-client.ts'
import type { Entrance } from './killed-server.ts'

/** Frames on the way that nobody has called saved yet. */
const AHEAD = 12

interface Operation {
  readonly key: string
  /** Null removes. */
  readonly value: number | null
}

/** Draws and erases as fast as the server saves, and remembers what of it was called saved. */
export class Drawer {
  readonly boardId: string
  readonly personId: string
  readonly #random: () => number
  readonly #operations: Operation[] = []
  #doc = new Y.Doc()
  #client: RawClient | null = null
  /** For each operation the frame of this connection that carries it; 0 for what came with the first answer. */
  #frames: number[] = []
  #acknowledged = 0

  constructor(boardId: string, personId: string, random: () => number) {
    this.boardId = boardId
    this.personId = personId
    this.#random = random
  }

  /** How many of its operations were called saved. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  get isDone(): boolean {
    return this.#acknowledged === this.#operations.length
  }

  /** Comes in with all that it has drawn so far, as a tab that is opened again, and draws on until it is let down. */
  async draw(server: Entrance): Promise<void> {
    const client = await this.enter(server)
    this.#go(client)
    client.socket.on('message', () => this.#go(client))
  }

  async enter(server: Entrance): Promise<RawClient> {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#doc))
    this.#doc = doc
    this.#frames = this.#operations.map(() => 1)
    const client = await entered(connectWith(await server.entrance(this.boardId, this.personId), doc))
    this.#client = client
    return client
  }

  /** Is gone, too, as far as the server can tell. */
  async cut(): Promise<void> {
    this.#client?.socket.terminate()
    await this.end()
  }

  /** Call when the server is gone: from here on nothing more comes from it. */
  async end(): Promise<void> {
    await this.#client?.closed
    if (this.#client) this.#count(this.#client)
    this.#client = null
  }

  /** Resolves when all that it drew was called saved. */
  async settled(client: RawClient): Promise<void> {
    await client.untilSaved()
    this.#count(client)
  }

  /**
   * What of a stored board cannot be: a key of this person's that is older than what was called saved. Each may be newer,
   * for what was saved need not have been called so yet.
   */
  missing(stored: Readonly<Record<string, unknown>>): string[] {
    const allowed = new Map<string, Set<number | null>>()
    for (const [index, { key, value }] of this.#operations.entries()) {
      if (index < this.#acknowledged) allowed.set(key, new Set([value]))
      else allowed.set(key, (allowed.get(key) ?? new Set([null])).add(value))
    }
    return [...allowed]
      .filter(([key, values]) => !values.has((stored[key] ?? null) as number | null))
      .map(([key, values]) => `${key} is ${stored[key]} and not ${[...values]}`)
  }

  #go(client: RawClient): void {
    this.#count(client)
    while (client.isOpen && client.sent - client.saved < AHEAD) this.#operate(client)
  }

  #operate(client: RawClient): void {
    const count = this.#operations.length
    const key = `${this.personId}-${Math.floor(this.#random() * 40)}`
    const removes = client.elements.has(key) && this.#random() < 0.3
    this.#operations.push({ key, value: removes ? null : count })
    if (removes) client.elements.delete(key)
    else client.elements.set(key, count)
    this.#frames.push(client.sent)
  }

  #count(client: RawClient): void {
    while ((this.#frames[this.#acknowledged] ?? Number.POSITIVE_INFINITY) <= client.saved)
      this.#acknowledged++
  }
}
