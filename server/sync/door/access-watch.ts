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

/**
 * Asks again what people may do: at once for those whom an access event concerns and when a link or a session expires, and
 * now and then for everybody, should an event have been lost.
 */
export const createAccessWatch = (options: AccessWatchOptions): AccessWatch => {
  const { access, accessEvents, clock, dayClock, limits, log } = options
  const everybody = new Set<Watched>()
  /** The newest question about each after an event: answers to older ones, which may be from before it, count no more. */
  const newest = new WeakMap<Watched, object>()

  const askOnce = () => {
    const answers = new Map<string, Promise<EffectiveAccess>>()
    return (claims: TicketClaims): Promise<EffectiveAccess> => {
      const key = answerKey(claims)
      const known = answers.get(key)
      if (known) return known
      const answer = access(claims)
      answers.set(key, answer)
      return answer
    }
  }

  /** Nothing is read from those concerned until there is an answer. */
  const askAnew = (
    isConcerned: (watched: Watched) => boolean,
    prepare: (watched: Watched) => void = () => {},
  ): void => {
    const ask = askOnce()
    for (const watched of everybody) {
      if (!isConcerned(watched)) continue
      prepare(watched)
      if (watched.granted === null) {
        // The answer on its way may be the old one: whoever is just coming in comes again with a new ticket.
        watched.end(CloseCode.roleChanged, 'access changed')
        continue
      }
      watched.until = null
      watched.suspend()
      const question = {}
      newest.set(watched, question)
      ask(watched.claims).then(
        (verdict) => newest.get(watched) === question && applyVerdict(watched, verdict),
        (error: unknown) => {
          log.error('Access could not be checked after a change; the connection is closed', { error })
          watched.end(CloseCode.overloaded, 'access could not be checked')
        },
      )
    }
  }

  /** While the database is away boards keep working: only an answer ends a connection here. */
  const sweep = async (): Promise<void> => {
    const ask = askOnce()
    for (const watched of [...everybody]) {
      const question = newest.get(watched)
      try {
        const verdict = await ask(watched.claims)
        const counts = everybody.has(watched) && newest.get(watched) === question
        if (counts && watched.granted !== null) applyVerdict(watched, verdict)
      } catch (error) {
        log.warn('Access could not be checked in passing', { error })
        return
      }
    }
  }

  const expire = (): void => {
    const now = dayClock.now()
    askAnew(({ until }) => until !== null && until <= now)
  }

  const unsubscribe = accessEvents.subscribe((event) =>
    askAnew(
      ({ claims }) => concerns(event, claims),
      (watched) => renew(event, watched),
    ),
  )
  const stopSweeping = repeat(clock, limits.accessSweep, sweep)
  const stopExpiring = repeat(clock, limits.accessExpiry, expire)
  return {
    add: (watched) => void everybody.add(watched),
    remove: (watched) => void everybody.delete(watched),
    stop: () => {
      unsubscribe()
      stopSweeping()
      stopExpiring()
      everybody.clear()
    },
  }
}
