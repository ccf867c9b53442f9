import { z } from 'zod'
import type { Bus } from '../bus/bus.ts'

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('board'), boardId: z.string() }),
  /**
   * `becomes`: all that was this person's, a guest's, is that person's now. `renewed`: of the person's sessions this one goes
   * on, under another version.
   */
  z.object({
    type: z.literal('person'),
    personId: z.string(),
    becomes: z.string().optional(),
    renewed: z.object({ sessionId: z.string(), sessionVersion: z.number().int() }).optional(),
  }),
  /** The person signed out in one browser. */
  z.object({ type: z.literal('session'), sessionId: z.string() }),
])

/** Something changed that may end or change what people may do on open boards. */
export type AccessEvent = Readonly<z.infer<typeof eventSchema>>

type Listener = (event: AccessEvent) => void

/** Tells open sockets, on every node, to look at their rights again. Say it after the change is committed. */
export interface AccessEvents {
  emit(event: AccessEvent): void
  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void
}

const TOPIC = 'access'

const readEvent = (payload: Uint8Array): AccessEvent | null => {
  try {
    return eventSchema.parse(JSON.parse(new TextDecoder().decode(payload)))
  } catch {
    // A node of another version has said something that this one does not know: its sweep will see what changed.
    return null
  }
}

/**
 * An event that gets lost between nodes is made up for by the sweep over all open sockets.
 * @param bus to the other nodes; without one there are none
 */
export const createAccessEvents = (bus?: Bus): AccessEvents => {
  const listeners = new Set<Listener>()
  const tell = (event: AccessEvent): void => {
    for (const listener of [...listeners]) listener(event)
  }
  bus?.subscribe(TOPIC, {
    message: (payload) => {
      const event = readEvent(payload)
      if (event) tell(event)
    },
    restored: () => {},
  })
  return {
    emit: (event) => {
      tell(event)
      bus?.publish(TOPIC, new TextEncoder().encode(JSON.stringify(event)))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
