import type { WrittenPictures } from '../../formats/svg-surface.ts'
import { fromBase64, toBase64 } from '../../model/base64.ts'
import type { Element } from '../../model/element.ts'
import type { AssetId } from '../../model/surface.ts'
import type { FindPicture, LoadedPicture } from '../../render/canvas-surface.ts'
import type { EditorCore } from '../core.ts'

/** A `data:` URL with base64 or plain text as what it holds; null for anything else. */
export const dataUrlToBlob = (url: string): Blob | null => {
  const comma = url.indexOf(',')
  const head = /^data:([\w.+/-]+)((?:;[\w=-]+)*)$/.exec(url.slice(0, comma))
  if (!head) return null
  const [, type = '', parameters = ''] = head
  const rest = url.slice(comma + 1)
  try {
    const bytes = parameters.includes(';base64')
      ? fromBase64(rest)
      : new TextEncoder().encode(decodeURIComponent(rest))
    return bytes && new Blob([bytes], { type })
  } catch {
    return null
  }
}

const blobToDataUrl = async (blob: Blob): Promise<string> =>
  `data:${blob.type};base64,${toBase64(new Uint8Array(await blob.arrayBuffer()))}`

/** The stored pictures that elements show. */
export const assetsOf = (elements: readonly Element[]): readonly AssetId[] => [
  ...new Set(elements.flatMap(({ asset }) => (typeof asset === 'string' ? [asset as AssetId] : []))),
]

/** Pictures by their ids as they are stored; those that cannot be had now are missing. */
export const readPictures = async (
  core: EditorCore,
  assets: Iterable<AssetId>,
): Promise<ReadonlyMap<AssetId, Blob>> => {
  const pictures = new Map<AssetId, Blob>()
  for (const asset of assets) {
    const blob = await core.images?.read(asset)
    if (blob) pictures.set(asset, blob)
  }
  return pictures
}

/** Pictures as files carry them. */
export const pictureUrls = async (
  pictures: ReadonlyMap<AssetId, Blob>,
): Promise<ReadonlyMap<AssetId, { readonly url: string; readonly type: string }>> => {
  const urls = new Map<AssetId, { url: string; type: string }>()
  for (const [asset, blob] of pictures) urls.set(asset, { url: await blobToDataUrl(blob), type: blob.type })
  return urls
}

const decoded = async (blob: Blob): Promise<ImageBitmap | null> => createImageBitmap(blob).catch(() => null)

/** Pictures as an SVG carries them. */
export const writtenPictures = async (
  core: EditorCore,
  elements: readonly Element[],
): Promise<WrittenPictures> => {
  const written = new Map<AssetId, { url: string; width: number; height: number }>()
  for (const [asset, blob] of await readPictures(core, assetsOf(elements))) {
    const bitmap = await decoded(blob)
    if (!bitmap) continue
    written.set(asset, { url: await blobToDataUrl(blob), width: bitmap.width, height: bitmap.height })
    bitmap.close()
  }
  return written
}

/** Pictures as a canvas takes them, to be closed when they are drawn. */
export const loadedPictures = async (
  core: EditorCore,
  elements: readonly Element[],
): Promise<{ readonly find: FindPicture; close(): void }> => {
  const loaded = new Map<AssetId, LoadedPicture>()
  const bitmaps: ImageBitmap[] = []
  for (const [asset, blob] of await readPictures(core, assetsOf(elements))) {
    const image = await decoded(blob)
    if (!image) continue
    bitmaps.push(image)
    loaded.set(asset, { image, width: image.width, height: image.height, ratio: 1 })
  }
  return {
    find: (asset) => loaded.get(asset) ?? null,
    close: () => {
      for (const bitmap of bitmaps) bitmap.close()
    },
  }
}
