import { ApiFailure, api } from './api.ts'

/** The page's side of `public/service-worker.js`, which explains what is kept and when it goes. */

const WORKER = '/service-worker.js'
/** Begins the name of the cache with a person's pages; their id follows. */
export const PAGES = 'drawbridge-pages-'

/** The worker that is at work now, if any; waits for none. */
const worker = async (): Promise<ServiceWorker | null> =>
  (await navigator.serviceWorker?.getRegistration())?.active ?? null

/** Names of the caches with kept pages: one, or none. */
export const keptCaches = async (): Promise<string[]> =>
  typeof caches === 'undefined' ? [] : (await caches.keys()).filter((name) => name.startsWith(PAGES))

/** Deletes the kept pages: whoever uses this browser now may be somebody else. Never throws. */
export const forgetPages = async (): Promise<void> => {
  try {
    for (const name of await keptCaches()) await caches.delete(name)
    const active = await worker()
    active?.postMessage({ type: 'forget' })
  } catch {
    // Storage is forbidden: nothing was kept.
  }
}

/** A session may also end or change elsewhere: kept pages of anybody but the person of this session go. */
const forgetPagesOfOthers = async (): Promise<void> => {
  const kept = await keptCaches()
  if (kept.length === 0) return
  try {
    const { id } = await api.me()
    if (kept.some((name) => name !== PAGES + id)) await forgetPages()
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.status === 401) await forgetPages()
  }
}

const whenIdle = (work: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 1000)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(work, { timeout: 5000 })
  return () => cancelIdleCallback(idle)
}

/**
 * Looks whose pages are kept once this page is loaded and has nothing better to do. A board's page says it itself, to the
 * worker. Returns what calls it off.
 */
export const watchKeptPages = (): (() => void) => {
  if (location.pathname.startsWith('/b/')) return () => {}
  let cancel = () => {}
  const begin = () => {
    cancel = whenIdle(() => void forgetPagesOfOthers().catch(() => {}))
  }
  if (document.readyState === 'complete') begin()
  else window.addEventListener('load', begin, { once: true })
  return () => {
    window.removeEventListener('load', begin)
    cancel()
  }
}

const keep = async (boardId: string): Promise<void> => {
  const { serviceWorker } = navigator
  if (!document.querySelector('meta[name="drawbridge-build"]')) {
    // In development. A build that was served here before would go on answering for its files.
    for (const old of await serviceWorker.getRegistrations()) await old.unregister()
    return
  }
  await serviceWorker.register(WORKER, { updateViaCache: 'none' })
  const { active } = await serviceWorker.ready
  active?.postMessage({ type: 'keep', path: `/b/${boardId}` })
}

/**
 * Lets the open board be opened again without the server, where this browser can keep it: starts the worker when the page
 * has nothing better to do. Returns what calls it off.
 */
export const keepBoardPage = (boardId: string): (() => void) => {
  // Insecure pages and some private windows have no workers.
  if (!('serviceWorker' in navigator)) return () => {}
  return whenIdle(() => void keep(boardId).catch(() => {}))
}
