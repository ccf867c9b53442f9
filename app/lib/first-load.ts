import type { SyncClient } from '../../whiteboard/index.ts'

/** Tells when the board's content is here and shown for the first time. */
export interface FirstLoad {
  /** Whether it has been: what was kept on the device, or the server's. */
  readonly loaded: boolean
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
  return {
    get loaded() {
      loaded ||= sync.loaded && !board.loading
      return loaded
    },
    watch: (listener) => {
      const endings = [sync.subscribe(listener), board.subscribe(listener)]
      return () => {
        for (const end of endings) end()
      }
    },
  }
}
