import { listDeviceCopies } from '../../whiteboard/index.ts'
import { keptCaches, PAGES } from './offline.ts'

/** A board that can be opened without the server. */
export interface KeptBoard {
  readonly id: string
  readonly title: string
  /** ISO 8601. */
  readonly openedAt: string
}

const titleOf = (html: string): string =>
  new DOMParser().parseFromString(html, 'text/html').title.replace(/ · Drawbridge$/, '') || 'Board'

/** The boards that can be opened without the server, the newest first. Never throws. */
export const listKeptBoards = async (): Promise<KeptBoard[]> => {
  const copies = await listDeviceCopies().catch(() => [])
  const boards: KeptBoard[] = []
  for (const name of await keptCaches().catch(() => [])) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const id = new URL(request.url).pathname.split('/')[2] ?? ''
      const copy = copies.find(({ person, board }) => PAGES + person === name && board === id)
      const page = await cache.match(request)
      if (!page || !copy) continue
      boards.push({ id, title: titleOf(await page.text()), openedAt: new Date(copy.openedAt).toISOString() })
    }
  }
  return boards.sort((a, b) => b.openedAt.localeCompare(a.openedAt))
}
