import type { Limits } from '../limits.ts'
import { type Clock, LONG_AGO } from '../ports.ts'
import { addHeader, MESSAGE_HEADER, type Message, toMessage } from '../socket.ts'
import { addUpdatePrefix, UPDATE_PREFIX, updateFrame } from '../wire.ts'
import { encodeJoins, type Novelty, UpdateJoin } from './update-join.ts'

export interface Receiver {
  deliver(message: Message): void
}

/** Something new, and the frame that it came in where that may be passed on as it is. */
interface News {
  readonly novelty: Novelty
  readonly frame: Uint8Array | null
}

const asFrame = ({ novelty, frame }: News): Uint8Array => {
  if (frame) return frame
  if (novelty.isAll || novelty.runs === null) return updateFrame(novelty.update)
  const join = new UpdateJoin()
  join.add(novelty)
  return updateFrame(encodeJoins([join]))
}

const ROOM = MESSAGE_HEADER + UPDATE_PREFIX

/** Written once, in place: of many authors each gets one of their own. */
const toUpdateMessage = (joins: readonly UpdateJoin[]): Message => {
  const bytes = encodeJoins(joins, ROOM)
  return addHeader(bytes, addUpdatePrefix(bytes, ROOM))
}

/**
 * Passes on to the others what somebody drew. After a rest that happens at once; what comes within a short while after it
 * is joined and goes out together, as one frame for all who did not draw, and one without their own part for each who did.
 * The while grows with the number of receivers, so a pair feels no delay and a crowd gets few frames.
 */
export class Relay<Member extends Receiver> {
  /** By author; null stands for those who are not here. */
  private readonly parts = new Map<Member | null, UpdateJoin>()
  /** Whose part has the structs of a client. */
  private readonly holders = new Map<number, Member | null>()
  /** What is on its way to the members at this moment. */
  private passing: readonly (UpdateJoin | Novelty)[] = []
  private bytes = 0
  private restsFrom = LONG_AGO
  private cancel: (() => void) | null = null
  private readonly members: ReadonlySet<Member>
  private readonly clock: Clock
  private readonly limits: Limits

  constructor(members: ReadonlySet<Member>, clock: Clock, limits: Limits) {
    this.members = members
    this.clock = clock
    this.limits = limits
  }

  /** @param author null when it comes from nobody here */
  pass(author: Member | null, news: News): void {
    const now = this.clock.now()
    const fits = this.fits(author, news.novelty)
    if (!fits) this.flush()
    if (!fits || (this.parts.size === 0 && now >= this.restsFrom)) {
      this.passing = [news.novelty]
      this.broadcast(asFrame(news), author)
      this.passing = []
      this.restsFrom = now + this.pause()
      return
    }
    this.queue(author, news.novelty)
    if (this.bytes > this.limits.relayBytes) this.flush()
    else this.cancel ??= this.clock.after(Math.max(0, this.restsFrom - now), () => this.flush())
  }

  /** Passes on at once what waits. */
  flush(): void {
    this.cancel?.()
    this.cancel = null
    if (this.parts.size === 0) return
    const parts = new Map(this.parts)
    this.parts.clear()
    this.holders.clear()
    this.bytes = 0
    this.send(parts)
    this.restsFrom = this.clock.now() + this.pause()
  }

  /** The first clock of each client that not all members have got; null when that cannot be told. */
  undelivered(): ReadonlyMap<number, number> | null {
    const clocks = new Map<number, number>()
    for (const each of [...this.passing, ...this.parts.values()]) {
      const runs = each instanceof UpdateJoin ? each.firsts() : each.runs
      if (runs === null) return null
      for (const { client, clock } of runs) clocks.set(client, Math.min(clock, clocks.get(client) ?? clock))
    }
    return clocks
  }

  /** Forgets what waits. */
  stop(): void {
    this.cancel?.()
    this.parts.clear()
  }

  /** Milliseconds. */
  private pause(): number {
    const { relayPerReceiver, relayLongest } = this.limits
    return Math.min(relayLongest, relayPerReceiver * this.members.size)
  }

  /** Two parts with structs of one client could not be put into one frame. */
  private fits(author: Member | null, novelty: Novelty): boolean {
    if (novelty.runs === null) return false
    for (const { client } of novelty.runs) {
      const holder = this.holders.get(client)
      if (holder !== undefined && holder !== author) return false
    }
    return this.parts.get(author)?.fits(novelty) ?? true
  }

  private queue(author: Member | null, novelty: Novelty): void {
    let part = this.parts.get(author)
    if (!part) {
      part = new UpdateJoin()
      this.parts.set(author, part)
    }
    const before = part.size
    part.add(novelty)
    for (const { client } of novelty.runs ?? []) this.holders.set(client, author)
    this.bytes += part.size - before
  }

  private send(parts: ReadonlyMap<Member | null, UpdateJoin>): void {
    const joins = [...parts.values()]
    this.passing = joins
    const all = toUpdateMessage(joins)
    // Cutting out what each wrote grows with the square of the writers; Yjs passes over what it has already.
    const isTooMuch = parts.size > this.limits.relayAuthors
    for (const member of this.members) {
      const own = parts.get(member)
      if (!own || isTooMuch) member.deliver(all)
      else if (parts.size > 1) {
        member.deliver(toUpdateMessage(joins.filter((join) => join !== own)))
      }
    }
    this.passing = []
  }

  private broadcast(frame: Uint8Array, author: Member | null): void {
    const message = toMessage(frame)
    for (const member of this.members) if (member !== author) member.deliver(message)
  }
}
