import type { Element } from '../../model/element.ts'
import { isPlainObject, own } from '../../model/heal.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { type BoardSettings, DEFAULT_SETTINGS, parseSettings } from '../../model/settings.ts'
import { elementFromFile, elementToFile } from './element.ts'

/** What our files say that they are. */
const FILE_TYPE = 'drawbridge'
export const FILE_MIME = 'application/vnd.drawbridge+json'
/** What is copied between boards says that it is. */
const CLIPBOARD_TYPE = 'drawbridge/elements'

const VERSION = 1

export interface Skipped {
  readonly id: string
  readonly reason: string
}

/** `data:` addresses of stored pictures by their ids. */
export type Pictures = Readonly<Record<string, string>>

export const isNative = (content: Readonly<Record<string, unknown>>): boolean =>
  (content.type === FILE_TYPE || content.type === CLIPBOARD_TYPE) && Array.isArray(content.elements)

export const nativeFile = (
  elements: readonly Element[],
  settings: BoardSettings,
  assets: Pictures,
): Readonly<Record<string, unknown>> => ({
  type: FILE_TYPE,
  version: VERSION,
  elements: elements.map(elementToFile),
  settings,
  assets,
})

/** @param boardId where the pictures are that the elements show */
export const nativeClipboard = (
  elements: readonly Element[],
  boardId: string | null,
): Readonly<Record<string, unknown>> => ({
  type: CLIPBOARD_TYPE,
  version: VERSION,
  ...(boardId === null ? {} : { board: boardId }),
  elements: elements.map(elementToFile),
})

export interface ReadNative {
  readonly elements: readonly Element[]
  readonly skipped: readonly Skipped[]
  readonly settings: Partial<BoardSettings>
  readonly assets: Pictures
  /** The board that it was copied from. */
  readonly boardId: string | undefined
}

/** What a file or clipboard of ours holds; elements that make no sense are reported and passed over. */
export const readNative = (content: Readonly<Record<string, unknown>>, kinds: KindRegistry): ReadNative => {
  const skipped: Skipped[] = []
  const elements: Element[] = []
  for (const json of Array.isArray(content.elements) ? content.elements : []) {
    const element = safely(() => elementFromFile(json, kinds))
    if (element) elements.push(element)
    else skipped.push({ id: idOf(json), reason: 'It cannot be read.' })
  }
  return {
    elements,
    skipped,
    settings: settingsOf(content.settings),
    assets: picturesOf(content.assets),
    boardId: typeof content.board === 'string' ? content.board.slice(0, 128) : undefined,
  }
}

const safely = <Result>(read: () => Result): Result | null => {
  try {
    return read()
  } catch {
    return null
  }
}

const idOf = (json: unknown): string => {
  const id = isPlainObject(json) ? own(json, 'id') : undefined
  return typeof id === 'string' ? id.slice(0, 128) : ''
}

/** Only what differs from a new board's. */
const settingsOf = (value: unknown): Partial<BoardSettings> => {
  if (!isPlainObject(value)) return {}
  const settings = parseSettings(value)
  return Object.fromEntries(
    Object.entries(settings).filter(([key, set]) => DEFAULT_SETTINGS[key as keyof BoardSettings] !== set),
  )
}

const picturesOf = (value: unknown): Pictures => {
  const pictures: Record<string, string> = {}
  if (!isPlainObject(value)) return pictures
  for (const id of Object.keys(value)) {
    const url = value[id]
    if (/^[0-9a-f]{64}$/.test(id) && typeof url === 'string' && url.startsWith('data:image/'))
      pictures[id] = url
  }
  return pictures
}
