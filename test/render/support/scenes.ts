import { kinds } from '../../../whiteboard/elements/index.ts'
import { deriveAll } from '../../../whiteboard/model/derive.ts'
import type { Color, Element } from '../../../whiteboard/model/element.ts'
import { elementFromJson } from '../../../whiteboard/model/json.ts'
import type { AssetId } from '../../../whiteboard/model/surface.ts'

/** A render case as it comes from the test. */
export interface Scene {
  readonly elements: readonly unknown[]
  /** `data:` URLs of the pictures that elements show, by asset. */
  readonly pictures: Readonly<Record<string, string>>
  /** The paper that the board has chosen. */
  readonly paper?: Color | null
}

/** The elements as they are stored, in the order in which they are given. */
export const readStored = ({ elements }: Scene): readonly Element[] => {
  const read = elements.map((json) => elementFromJson(json, kinds)).filter((element) => element !== null)
  if (read.length < elements.length) throw new Error('Some elements of the scene cannot be read')
  return read
}

export const readElements = (scene: Scene): readonly Element[] => deriveAll(readStored(scene), kinds)

export const loadImage = async (url: string): Promise<HTMLImageElement> => {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

export interface ScenePicture {
  readonly image: HTMLImageElement
  readonly url: string
  readonly width: number
  readonly height: number
}

export const loadPictures = async ({
  pictures,
}: Pick<Scene, 'pictures'>): Promise<ReadonlyMap<AssetId, ScenePicture>> => {
  const loaded = new Map<AssetId, ScenePicture>()
  for (const [asset, url] of Object.entries(pictures)) {
    const image = await loadImage(url)
    loaded.set(asset as AssetId, { image, url, width: image.naturalWidth, height: image.naturalHeight })
  }
  return loaded
}

export const newCanvas = (width: number, height: number) => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser cannot draw on a canvas')
  return { canvas, context }
}
