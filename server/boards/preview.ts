import type { Theme } from '../../whiteboard/model/palette.ts'
import { partsOf, type StoredDocument } from '../sync/ports.ts'
import type { Artist } from './artist.ts'
import { requireAccess } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { createPlaces } from './places.ts'
import { createPreviewCache, type KeptPreview, type PreviewCache } from './preview-cache.ts'
import { Refusal } from './refusal.ts'

/** Bytes of stored document above which no picture is made: reading it would take too much memory. */
const MAX_DOCUMENT = 8 * 1024 * 1024
/** Characters of SVG that the pictures kept in memory may have together. */
const CACHE_SIZE = 16_000_000
/** A picture stays for this many times as long as it took to draw: so drawing takes at most a twentieth of the time. */
const PATIENCE = 20
/** How many boards are read and wait for their picture at a time, and how many more may wait for that. */
const PLACES = { inside: 4, waiting: 200 }
/** Seconds after which somebody may ask again for whom there was no place. */
const BUSY = 10

export interface Preview {
  /** Empty where there is nothing to be seen, or it could not be drawn. */
  readonly svg: string
  /** Changes when the picture does. */
  readonly tag: string
}

const EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300" width="480" height="300"></svg>'

/** Differs whenever something was stored since. */
const stateOf = ({ snapshot, entries }: StoredDocument): string =>
  `${snapshot?.seq ?? 0}-${entries.length}-${entries.at(-1)?.seq ?? 0}`

const sharedCache = createPreviewCache(CACHE_SIZE)
const places = createPlaces(PLACES)

const inPlace = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const leave = await places.enter()
  if (!leave) throw new Refusal('unavailable', 'Too many pictures are being drawn at the moment.', BUSY)
  try {
    return await work()
  } finally {
    leave()
  }
}

/** Null when it could not be drawn. */
const draw = async (artist: Artist, stored: StoredDocument, theme: Theme): Promise<string | null> => {
  const updates = partsOf(stored)
  const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (bytes === 0 || bytes > MAX_DOCUMENT) return EMPTY
  return artist.draw({ updates, theme })
}

/**
 * A small picture of what is stored of a board, or of what was stored a moment ago where drawing takes long.
 *
 * @param clock milliseconds
 * @throws Refusal `not-found`, `unavailable`
 */
export const previewBoard = async (
  context: BoardsContext & { readonly artist: Artist },
  personId: string,
  boardId: string,
  theme: Theme,
  cache: PreviewCache = sharedCache,
  clock: () => number = () => performance.now(),
): Promise<Preview> => {
  await requireAccess(context, personId, boardId, 'view')
  const { store, artist } = context
  const key = `${boardId} ${theme}`
  const make = async (known: KeptPreview | undefined): Promise<KeptPreview> => {
    const stored = await store.rooms.load(boardId)
    const tag = `${boardId}-${stateOf(stored)}-${theme}`
    if (known?.tag === tag) return known
    const startedAt = clock()
    const svg = await draw(artist, stored, theme)
    const endedAt = clock()
    const freshUntil = endedAt + (endedAt - startedAt) * PATIENCE
    // The next time it may go well: then the tag is another.
    return svg === null ? { svg: EMPTY, tag: `${tag}-failed`, freshUntil } : { svg, tag, freshUntil }
  }
  const { svg, tag } = await cache.fresh(key, clock(), (known) => inPlace(() => make(known)))
  return { svg, tag }
}
