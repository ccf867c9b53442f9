import {
  type CopiedData,
  copiedData,
  elementsFromClipboard,
  type PastedElements,
  wordsOf,
} from '../../formats/clipboard.ts'
import type { ForeignFile } from '../../formats/excalidraw/file.ts'
import { withFittedTexts } from '../../formats/excalidraw/fit.ts'
import { readScene } from '../../formats/excalidraw/scene.ts'
import { pastePlan } from '../../formats/paste.ts'
import { type WorldPoint, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { healLink, MAX_TEXT_LENGTH } from '../../model/heal.ts'
import { keysBetween } from '../../model/order.ts'
import { withoutContents } from '../../model/plans/framing.ts'
import type { AssetId } from '../../model/surface.ts'
import type { PasteOptions } from '../clipboard.ts'
import type { EditorCore } from '../core.ts'
import { newElement } from '../new-element.ts'
import { exportFile } from './export-file.ts'
import { exportedElements } from './exported.ts'
import { loadFonts } from './fonts.ts'
import { bringPictures, importFile } from './import-file.ts'
import { assetsOf, pictureUrls, readPictures } from './pictures.ts'
import { exportContext, writeContext } from './scene-context.ts'

/** What a clipboard held when it was read. */
export interface ClipboardContent {
  readonly text: string
  readonly html: string
  /** Pictures. */
  readonly files: readonly File[]
}

/** What was copied last in this tab, for browsers that do not let a menu's Paste read the clipboard. */
let lastCopied: CopiedData | null = null

const copied = (
  core: EditorCore,
  elements: readonly Element[],
  pictures?: ReadonlyMap<string, ForeignFile>,
): CopiedData => {
  const boardId = core.images?.boardId ?? null
  lastCopied = copiedData(elements, { ...exportContext(core), boardId }, pictures)
  return lastCopied
}

/** Bytes of pictures that are copied along. */
const MAX_PICTURES = 24 * 1024 * 1024

/** The pictures of what is copied, for boards that cannot ask this one's server. */
const picturesOf = async (
  core: EditorCore,
  elements: readonly Element[],
): Promise<ReadonlyMap<string, ForeignFile>> => {
  const read = await readPictures(core, assetsOf(elements))
  let room = MAX_PICTURES
  const carried = new Map<AssetId, Blob>()
  for (const [asset, blob] of read) {
    if (blob.size > room) continue
    room -= blob.size
    carried.set(asset, blob)
  }
  const urls = await pictureUrls(carried)
  return new Map([...urls].map(([id, { url, type }]) => [id, { id, mimeType: type, dataURL: url }]))
}

/** Puts the selection into a copy event. Pictures, which cannot be read that quickly, follow. */
export const fillClipboard = (core: EditorCore, data: DataTransfer): void => {
  const elements = exportedElements(core, true)
  const { text, html } = copied(core, elements)
  data.setData('text/plain', text)
  data.setData('text/html', html)
  if (assetsOf(elements).length > 0) void write(core, elements).catch(() => undefined)
}

/** Puts the selection on the clipboard without an event. */
export const writeClipboard = async (core: EditorCore): Promise<void> => {
  const elements = exportedElements(core, true)
  if (elements.length === 0) return
  const data = copied(core, elements)
  await write(core, elements, data).catch(() => undefined)
}

const blobOf = (text: string, type: string): Blob => new Blob([text], { type })

/** @param data what is copied, where pictures need not be waited for */
const write = async (core: EditorCore, elements: readonly Element[], data?: CopiedData): Promise<void> => {
  if (typeof navigator === 'undefined' || !navigator.clipboard) return
  const whole =
    assetsOf(elements).length === 0 && data
      ? Promise.resolve(data)
      : picturesOf(core, elements).then((pictures) => copied(core, elements, pictures))
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText((await whole).text)
  const item = new ClipboardItem({
    'text/plain': whole.then(({ text }) => blobOf(text, 'text/plain')),
    'text/html': whole.then(({ html }) => blobOf(html, 'text/html')),
  })
  return navigator.clipboard.write([item])
}

const COPIED = { png: 'Copied as PNG', svg: 'Copied as SVG', text: 'Text copied' } as const

/** Copies the selection, or everything, in a form for other programs, and says so. */
export const copyAs = async (core: EditorCore, form: 'png' | 'svg' | 'text'): Promise<void> => {
  const selectionOnly = core.selection.size > 0
  try {
    const options = { selectionOnly, dark: core.theme === 'dark', scale: form === 'png' ? 2 : 1 }
    if (form === 'text') {
      const words = wordsOf(exportedElements(core, selectionOnly))
      if (words === '') return core.tell('There is no text to copy.', true)
      await navigator.clipboard.writeText(words)
    } else if (form === 'svg') {
      const svg = await exportFile(core, { format: 'svg', embedScene: false, ...options })
      await navigator.clipboard.writeText(await svg.text())
    } else {
      const picture = exportFile(core, { format: 'png', embedScene: false, ...options })
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    }
    core.tell(COPIED[form])
  } catch {
    core.tell('This browser does not let the board write to the clipboard.', true)
  }
}

/** What is on the clipboard now, or what was copied here last, where the browser does not tell. */
export const readClipboard = async (): Promise<ClipboardContent> => {
  const own = { text: lastCopied?.text ?? '', html: lastCopied?.html ?? '', files: [] }
  try {
    if (!navigator.clipboard.read) return { ...own, html: '', text: await navigator.clipboard.readText() }
    const [item] = await navigator.clipboard.read()
    return item ? await contentOf(item) : own
  } catch {
    return own
  }
}

const contentOf = async (item: ClipboardItem): Promise<ClipboardContent> => {
  const textOf = async (type: string): Promise<string> =>
    item.types.includes(type) ? (await item.getType(type)).text() : ''
  const picture = item.types.find((type) => type.startsWith('image/'))
  const files = picture ? [new File([await item.getType(picture)], 'image', { type: picture })] : []
  return { text: await textOf('text/plain'), html: await textOf('text/html'), files }
}

/** Puts on the board what was copied: elements, pictures, drawings as SVG, or words. */
export const paste = async (
  core: EditorCore,
  { text, html, files }: ClipboardContent,
  { at, plain }: PasteOptions,
): Promise<void> => {
  if (!core.canEdit) return
  if (plain) return pasteWords(core, text, at, false)
  const pasted = elementsFromClipboard({ text, html }, writeContext(core))
  if (pasted) return pasteElements(core, pasted, at)
  if (files.length > 0) return core.images?.add(files, at)
  if (/^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/i.test(text)) return pasteSvg(core, text, at)
  return pasteWords(core, text.trim() === '' ? wordsOfHtml(html) : text, at, true)
}

const pasteElements = async (
  core: EditorCore,
  pasted: PastedElements,
  at: WorldPoint | null,
): Promise<void> => {
  let { elements } = pasted
  if (pasted.content && pasted.files.length > 0) {
    const { pictures } = await bringPictures(core, pasted.content)
    const options = { ...writeContext(core), assetOf: (fileId: string) => pictures.get(fileId) }
    elements = readScene(pasted.content.elements, options).elements
  }
  if (pasted.content) {
    await loadFonts(elements)
    elements = withFittedTexts(elements, writeContext(core))
  }
  const copies = pastePlan(elements, core.board.ordered, at)
  put(
    core,
    copies.map((element) => fitted(core, { ...element, locked: false })),
  )
  await core.images?.adopt(copies, { boardId: pasted.boardId, files: pasted.pictures })
}

const put = (core: EditorCore, elements: readonly Element[]): void => {
  if (!core.canEdit || elements.length === 0) return
  core.transact((edit) => {
    for (const element of elements) edit.create(element)
  })
  if (core.machine.tool !== 'select') core.setTool('select')
  core.focusedGroup = null
  core.select(withoutContents(elements).map(({ id }) => id))
}

/** Text measured with other fonts takes another size here; what came from elsewhere keeps its own. */
const fitted = (core: EditorCore, element: Element): Element =>
  typeof element.excalidraw === 'string'
    ? element
    : { ...element, ...core.kinds.get(element.type).fitted?.(element, core.measure) }

const pasteSvg = async (core: EditorCore, svg: string, at: WorldPoint | null): Promise<void> => {
  const file = new File([svg], 'drawing.svg', { type: 'image/svg+xml' })
  const failed = (error: unknown): void =>
    core.tell(error instanceof Error ? error.message : 'That cannot be pasted.', true)
  await importFile(core, file, file.name, { world: at ?? core.camera.view.center }).catch(failed)
}

/** The words of a page, where nobody gave them as text; tldraw's data is no text. */
const wordsOfHtml = (html: string): string => {
  if (html === '' || html.includes('data-tldraw') || typeof DOMParser === 'undefined') return ''
  return (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').trim()
}

/** Above this many lines they are one text: nobody wants a program as a hundred elements. */
const MOST_LINES = 30

/** Puts words on the board: each line as a text of its own, or all as one. */
const pasteWords = (core: EditorCore, text: string, at: WorldPoint | null, byLine: boolean): void => {
  const plain = text.replace(/\r\n?/g, '\n').slice(0, MAX_TEXT_LENGTH)
  if (plain.trim() === '') return
  const lines = plain.split('\n').filter((line) => line.trim() !== '')
  const texts = byLine && lines.length <= MOST_LINES ? lines : [plain]
  put(core, stacked(core, texts, at ?? core.camera.view.center))
}

/** How many times the size of its letters a pasted text is wide at most: some hundred letters. */
const WIDEST = 50

const textElement = (core: EditorCore, text: string): Element => {
  const kind = core.kinds.get('text')
  const link = healLink(text.trim())
  const fields = { text, textAlign: 'left', ...(link ? { link } : {}) } as const
  const element = fitted(core, newElement(core, kind, fields))
  const widest = WIDEST * (element.fontSize as number)
  if (element.size[0] <= widest) return element
  return fitted(core, { ...element, autoWidth: false, size: [widest, element.size[1]] })
}

/** Texts one below the other, the middle of all of them at a point. */
const stacked = (core: EditorCore, texts: readonly string[], [x, y]: WorldPoint): readonly Element[] => {
  const elements = texts.map((text) => textElement(core, text))
  const orders = keysBetween(core.board.ordered.at(-1)?.order ?? null, null, elements.length)
  const width = Math.max(...elements.map(({ size }) => size[0]))
  let top = y - elements.reduce((sum, { size }) => sum + size[1], 0) / 2
  return elements.map((element, index) => {
    const position = worldPoint(x - width / 2, top)
    top += element.size[1]
    return { ...element, position, order: orders[index] ?? element.order }
  })
}
