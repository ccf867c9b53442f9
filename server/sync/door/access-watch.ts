import { CloseCode, type WireRole } from '../../../whiteboard/collab/protocol.ts'
import type { AccessEvent, AccessEvents } from '../../boards/access-events.ts'
import type { EffectiveAccess } from '../../boards/effective-access.ts'
import type { TicketClaims } from '../../boards/tickets.ts'
import type { Log } from '../../log.ts'
import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import { repeat } from '../repeat.ts'

/** One who is in, or on the way in. None of these throws. */
export interface Watched {
  /** Another version takes the place of that in the ticket when their session goes on under it. */
  claims: TicketClaims
  /** What the database answered when they came in; null while that answer is still out. */
  readonly granted: WireRole | null
  /** When that answer ends by itself (milliseconds since the epoch), since a link or the session expires; null when it does not. */
  until: number | null
  suspend(): void
  resume(): void
  end(code: CloseCode, reason: string): void
}

/** What the holder of these claims may do now. Rejects when that cannot be found out. */
export type AskAccess = (claims: TicketClaims) => Promise<EffectiveAccess>

export interface AccessWatch {
  add(watched: Watched): void
  /** Twice does no harm. */
  remove(watched: Watched): void
  stop(): void
}

const deniedCode = {
  'board-gone': CloseCode.boardGone,
  'access-removed': CloseCode.accessRemoved,
  'session-ended': CloseCode.sessionEnded,
} as const satisfies Record<string, CloseCode>

const concerns = (event: AccessEvent, claims: TicketClaims): boolean => {
  switch (event.type) {
    case 'board':
      return event.boardId === claims.boardId
    case 'person':
      return event.personId === claims.personId
    case 'session':
      return event.sessionId === claims.sessionId
  }
}

/** The database has the last word: a session that is said to go on is asked about like all others. */
const renew = (event: AccessEvent, watched: Watched): void => {
  if (event.type !== 'person' || event.renewed?.sessionId !== watched.claims.sessionId) return
  watched.claims = { ...watched.claims, sessionVersion: event.renewed.sessionVersion }
}

/** Tickets with the same key get the same answer. */
const answerKey = (claims: TicketClaims): string => {
  const { boardId, personId, role, linkId, sessionVersion, sessionId, sessionEndsAt } = claims
  return JSON.stringify([boardId, personId, role, linkId, sessionVersion, sessionId, sessionEndsAt])
}

const applyVerdict = (watched: Watched, verdict: EffectiveAccess): void => {
  if ('denied' in verdict) watched.end(deniedCode[verdict.denied], verdict.denied)
  else if (verdict.access !== watched.granted) watched.end(CloseCode.roleChanged, 'role changed')
  else {
    watched.until = verdict.until ?? null
    watched.resume()
  }
}

export interface AccessWatchOptions {
  readonly access: AskAccess
  readonly accessEvents: AccessEvents
  readonly clock: Clock
  /** When links and sessions expire is a time of day. */
  readonly dayClock: Clock
  readonly limits: Limits
  readonly log: Log
}

/** Asks but once about all whose tickets have the same key. */
const askOnce = (access: AskAccess): AskAccess => {
  const answers = new Map<string, Promise<EffectiveAccess>>()
  return (claims) => {
    const key = answerKey(claims)
    const known = answers.get(key)
    if (known) return known
    const answer = access(claims)
    answers.set(key, answer)
    return answer
  }
}

/**
 * Asks again what people may do: at once for those whom an access event concerns and when a link or a session expires, and
 * now and then for everybody, should an event have been lost.
 */
class AskingWatch implements AccessWatch {
  private readonly everybody = new Set<Watched>()
  /** The newest question about each after an event: answers to older ones, which may be from before it, count no more. */
  private readonly newest = new WeakMap<Watched, object>()
  private readonly access: AskAccess
  private readonly dayClock: Clock
  private readonly log: Log
  private readonly endings: readonly (() => void)[]

  constructor({ access, accessEvents, clock, dayClock, limits, log }: AccessWatchOptions) {
    this.access = access
    this.dayClock = dayClock
    this.log = log
    this.endings = [
      accessEvents.subscribe((event) => this.heard(event)),
      repeat(clock, limits.accessSweep, () => this.sweep()),
      repeat(clock, limits.accessExpiry, () => this.expire()),
    ]
  }

  add(watched: Watched): void {
    this.everybody.add(watched)
  }

  remove(watched: Watched): void {
    this.everybody.delete(watched)
  }

  stop(): void {
    for (const end of this.endings) end()
    this.everybody.clear()
  }

  private heard(event: AccessEvent): void {
    const ask = askOnce(this.access)
    for (const watched of this.everybody) {
      if (!concerns(event, watched.claims)) continue
      renew(event, watched)
      this.askAnew(watched, ask)
    }
  }

  private expire(): void {
    const now = this.dayClock.now()
    const ask = askOnce(this.access)
    for (const watched of this.everybody) {
      if (watched.until !== null && watched.until <= now) this.askAnew(watched, ask)
    }
  }

  /** Nothing is read from them until there is an answer. */
  private askAnew(watched: Watched, ask: AskAccess): void {
    if (watched.granted === null) {
      // The answer on its way may be the old one: whoever is just coming in comes again with a new ticket.
      watched.end(CloseCode.roleChanged, 'access changed')
      return
    }
    watched.until = null
    watched.suspend()
    const question = {}
    this.newest.set(watched, question)
    ask(watched.claims).then(
      (verdict) => this.newest.get(watched) === question && applyVerdict(watched, verdict),
      (error: unknown) => {
        this.log.error('Access could not be checked after a change; the connection is closed', { error })
        watched.end(CloseCode.overloaded, 'access could not be checked')
      },
    )
  }

  /** While the database is away boards keep working: only an answer ends a connection here. */
  private async sweep(): Promise<void> {
    const { everybody, newest } = this
    const ask = askOnce(this.access)
    for (const watched of [...everybody]) {
      const question = newest.get(watched)
      try {
        const verdict = await ask(watched.claims)
        const counts = everybody.has(watched) && newest.get(watched) === question
        if (counts && watched.granted !== null) applyVerdict(watched, verdict)
      } catch (error) {
        this.log.warn('Access could not be checked in passing', { error })
        return
      }
    }
  }
}

export const createAccessWatch = (options: AccessWatchOptions): AccessWatch => new AskingWatch(options)
