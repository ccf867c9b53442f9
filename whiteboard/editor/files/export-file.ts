import { exportScene } from '../../formats/excalidraw/export.ts'
import { EXCALIDRAW_MIME, type ForeignFile, sceneFile } from '../../formats/excalidraw/file.ts'
import { FILE_MIME, nativeFile } from '../../formats/native/file.ts'
import { withPngText } from '../../formats/png-chunk.ts'
import { packScene } from '../../formats/scene-payload.ts'
import { pictureBox, startSvg } from '../../formats/svg.ts'
import { svgPayload } from '../../formats/svg-payload.ts'
import { clamp } from '../../geometry/clamp.ts'
import type { Element } from '../../model/element.ts'
import type { AssetId } from '../../model/surface.ts'
import type { EditorCore } from '../core.ts'
import { exportedElements } from './exported.ts'
import { fontsFor, loadFonts } from './fonts.ts'
import { libraryEntry, writeLibraryFile } from './library.ts'
import { fittingScale, paintPicture, throwIfAborted, turns } from './paint-picture.ts'
import { assetsOf, loadedPictures, pictureUrls, readPictures, writtenPictures } from './pictures.ts'
import { exportContext } from './scene-context.ts'
import type { ExportOptions, PictureSize } from './types.ts'

const DEFAULT_PADDING = 16
const MAX_PADDING = 1_000

/** The board, or what is selected of it, as a file. */
export const exportFile = async (core: EditorCore, options: ExportOptions): Promise<Blob> => {
  core.finishTyping()
  const elements = exportedElements(core, options.selectionOnly === true)
  switch (options.format) {
    case 'json':
      return jsonBlob(await nativeContent(core, elements), FILE_MIME)
    case 'excalidraw':
      return jsonBlob(await sceneContent(core, elements), EXCALIDRAW_MIME)
    case 'excalidrawlib':
      return writeLibraryFile([await libraryEntry(core, options.title ?? '', elements)])
    case 'svg':
      return new Blob([await exportSvg(core, elements, options)], { type: 'image/svg+xml' })
    case 'png':
      return exportPng(core, elements, options)
    default:
      throw new Error('A file can be exported as excalidraw, excalidrawlib, json, png or svg.')
  }
}

const jsonBlob = (content: unknown, type: string): Blob => new Blob([JSON.stringify(content)], { type })

const nativeContent = async (core: EditorCore, elements: readonly Element[]): Promise<unknown> => {
  const urls = await pictureUrls(await readPictures(core, assetsOf(elements)))
  const assets = Object.fromEntries([...urls].map(([asset, { url }]) => [asset, url]))
  return nativeFile(elements, core.board.settings, assets)
}

/** The pictures that a scene names, as its file carries them. */
const foreignFiles = async (
  core: EditorCore,
  files: ReadonlyMap<string, AssetId>,
): Promise<readonly ForeignFile[]> => {
  const urls = await pictureUrls(await readPictures(core, new Set(files.values())))
  return [...files].flatMap(([id, asset]) => {
    const found = urls.get(asset)
    return found ? [{ id, mimeType: found.type, dataURL: found.url }] : []
  })
}

const sceneContent = async (core: EditorCore, elements: readonly Element[]): Promise<unknown> => {
  const scene = exportScene(elements, exportContext(core))
  return sceneFile(scene.elements, await foreignFiles(core, scene.files), core.board.settings)
}

const packedScene = async (core: EditorCore, elements: readonly Element[]): Promise<string> =>
  packScene(JSON.stringify(await sceneContent(core, elements)))

const clampScale = (scale: unknown): number =>
  typeof scale === 'number' && Number.isFinite(scale) ? clamp(scale, 0.01, 4) : 1

const paddingOf = ({ padding }: ExportOptions): number =>
  typeof padding === 'number' && Number.isFinite(padding) ? clamp(padding, 0, MAX_PADDING) : DEFAULT_PADDING

const hasBackground = ({ background, transparent }: ExportOptions): boolean =>
  background ?? transparent !== true

/** How large a picture with these options will be. */
export const pictureSize = (core: EditorCore, options: ExportOptions): PictureSize => {
  const box = pictureBox(
    exportedElements(core, options.selectionOnly === true),
    core.kinds,
    paddingOf(options),
  )
  const wanted = clampScale(options.scale)
  const scale = options.format === 'png' ? fittingScale(box, wanted) : wanted
  return {
    width: Math.ceil((box.maxX - box.minX) * scale),
    height: Math.ceil((box.maxY - box.minY) * scale),
    scale,
  }
}

/** The parts of the work, as far as progress goes: painting is most of it. */
const PAINTED = 0.85

const exportSvg = async (
  core: EditorCore,
  elements: readonly Element[],
  options: ExportOptions,
): Promise<string> => {
  const { signal, onProgress, dark = false, embedScene = true, title } = options
  await loadFonts(elements)
  const drawing = startSvg(pictureBox(elements, core.kinds, paddingOf(options)), core.kinds, core.measure, {
    theme: dark ? 'dark' : 'light',
    background: hasBackground(options),
    paper: core.board.settings.background,
    scale: clampScale(options.scale),
    pictures: await writtenPictures(core, elements),
    links: true,
    ...(title ? { title } : {}),
  })
  for await (const element of turns(elements, {
    signal,
    onProgress: (done) => onProgress?.(done * PAINTED),
  })) {
    drawing.add(element)
  }
  const styles = await fontsFor(drawing.letters)
  const metadata = embedScene ? svgPayload(EXCALIDRAW_MIME, await packedScene(core, elements)) : ''
  throwIfAborted(signal)
  onProgress?.(1)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing.finish({ styles, metadata })}`
}

const exportPng = async (
  core: EditorCore,
  elements: readonly Element[],
  options: ExportOptions,
): Promise<Blob> => {
  const { signal, onProgress, dark = false, embedScene = true } = options
  await loadFonts(elements)
  const pictures = await loadedPictures(core, elements)
  const box = pictureBox(elements, core.kinds, paddingOf(options))
  try {
    const painted = await paintPicture({
      elements,
      box,
      kinds: core.kinds,
      measure: core.measure,
      theme: dark ? 'dark' : 'light',
      background: hasBackground(options),
      paper: core.board.settings.background,
      scale: fittingScale(box, clampScale(options.scale)),
      pictures: pictures.find,
      signal,
      onProgress: (done) => onProgress?.(done * PAINTED),
    })
    const bytes = new Uint8Array(await painted.arrayBuffer())
    const packed = embedScene ? await packedScene(core, elements) : null
    throwIfAborted(signal)
    onProgress?.(1)
    const whole = packed === null ? bytes : withPngText(bytes, EXCALIDRAW_MIME, packed)
    return new Blob([whole], { type: 'image/png' })
  } finally {
    pictures.close()
  }
}
