import type { Editor, SyncClient, SyncStatus } from '../../whiteboard/index.ts'

type Images = Pick<NonNullable<Editor['images']>, 'pending' | 'subscribe' | 'whenSent'>

/** The connection as the interface sees it: pictures on their way to the server are changes that are not saved yet. */
export const countingPictures = (sync: SyncClient, images: Images): SyncClient => {
  let known: { readonly of: SyncStatus; readonly pending: number; readonly status: SyncStatus } | null = null
  const status = (): SyncStatus => {
    const { pending } = images
    if (pending === 0) return sync.status
    // The same object while nothing differs: it is compared by identity.
    if (known?.of !== sync.status || known.pending !== pending) {
      known = { of: sync.status, pending, status: { ...sync.status, unsaved: sync.status.unsaved + pending } }
    }
    return known.status
  }
  return {
    get status() {
      return status()
    },
    get role() {
      return sync.role
    },
    get identity() {
      return sync.identity
    },
    get loaded() {
      return sync.loaded
    },
    get deviceCopy() {
      return sync.deviceCopy
    },
    subscribe: (listener) => {
      const ends = [sync.subscribe(listener), images.subscribe(listener)]
      return () => {
        for (const end of ends) end()
      }
    },
    // In this order: what comes of a picture may change the board once more.
    whenSaved: () => images.whenSent().then(() => sync.whenSaved()),
    retry: () => sync.retry(),
    dispose: () => sync.dispose(),
  }
}
