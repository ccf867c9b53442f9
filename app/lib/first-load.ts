import type { SyncClient } from '../../whiteboard/index.ts'

/** Tells when the board's content is here for the first time, and seen. */
export interface FirstLoad {
  /** Whether it has been: what was kept on the device, or the server's. */
  readonly loaded: boolean
  /** Whether the first picture of it is seen. */
  readonly shown: boolean
  tellShown(): void
  watch(listener: () => void): () => void
}

type Subscribe = (listener: () => void) => () => void

interface Board {
  readonly loading: boolean
  readonly subscribe: Subscribe
}

/**
 * What comes in slices later, as when somebody moves thousands of elements, takes nothing of it back: a page that counted
 * as opened anew would cover the board, and show the place that its address points at.
 */
export const watchFirstLoad = (sync: Pick<SyncClient, 'loaded' | 'subscribe'>, board: Board): FirstLoad => {
  let loaded = false
  let shown = false
  const listeners = new Set<() => void>()
  return {
    get loaded() {
      loaded ||= sync.loaded && !board.loading
      return loaded
    },
    get shown() {
      return shown
    },
    tellShown: () => {
      shown = true
      for (const listener of [...listeners]) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      const endings = [sync.subscribe(listener), board.subscribe(listener)]
      return () => {
        listeners.delete(listener)
        for (const end of endings) end()
      }
    },
  }
}
