/** Something changed that may end or change what people may do on open boards. */
export type AccessEvent =
  | { readonly type: 'board'; readonly boardId: string }
  | { readonly type: 'person'; readonly personId: string }
  /** The person signed out in one browser. */
  | { readonly type: 'session'; readonly sessionId: string }

type Listener = (event: AccessEvent) => void

/** Tells open sockets to look at their rights again. Say it after the change is committed. */
export interface AccessEvents {
  emit(event: AccessEvent): void
  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void
}

/** For one process; several nodes will pass the events on through the bus. */
export const createAccessEvents = (): AccessEvents => {
  const listeners = new Set<Listener>()
  return {
    emit: (event) => {
      for (const listener of [...listeners]) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
