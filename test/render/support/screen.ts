import * as Y from 'yjs'
import { kinds } from '../../../whiteboard/elements/index.ts'
import type { Size } from '../../../whiteboard/geometry/types.ts'
import type { BoardStore } from '../../../whiteboard/model/board.ts'
import { createBoardStore } from '../../../whiteboard/model/board-store.ts'
import type { Element } from '../../../whiteboard/model/element.ts'
import type { AssetId } from '../../../whiteboard/model/surface.ts'
import type { PicturesToPaint, Renderer, Scene } from '../../../whiteboard/render/contract.ts'
import { createRenderer } from '../../../whiteboard/render/index.ts'
import { EMPTY_SCENE } from '../../../whiteboard/render/scene.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { newCanvas, type ScenePicture } from './scenes.ts'
import { drawStraight } from './straight.ts'

export const boardOf = (elements: readonly Element[]): BoardStore => {
  const board = createBoardStore(new Y.Doc(), kinds)
  board.transact('load', (edit) => {
    for (const element of elements) edit.create(element)
  })
  return board
}

/** Pictures that are there from the start. */
export const readyPictures = (pictures: ReadonlyMap<AssetId, ScenePicture>): PicturesToPaint => ({
  find: (asset) => {
    const picture = pictures.get(asset)
    return picture ? { ...picture, ratio: 1 } : null
  },
  busy: false,
  subscribe: () => () => undefined,
})

export const newHost = ([width, height]: Size): HTMLElement => {
  const host = document.createElement('div')
  host.style.cssText = `position:absolute;left:0;top:0;width:${width}px;height:${height}px`
  document.body.append(host)
  return host
}

/** Device pixels per CSS pixel of what a host shows. */
const ratioOf = (host: HTMLElement): number => (host.querySelector('canvas')?.width ?? 0) / host.clientWidth

/** What the canvases of a host show together, as the browser lays them over each other. */
export const shotOf = (host: HTMLElement, { overlay = false } = {}): ImageData => {
  const layers = [...host.querySelectorAll('canvas')]
  const [base] = layers
  if (!base) throw new Error('Nothing is drawn here')
  const { context } = newCanvas(base.width, base.height)
  for (const canvas of overlay ? layers : layers.slice(0, -1)) {
    const { display, visibility } = getComputedStyle(canvas)
    if (display === 'none' || visibility === 'hidden') continue
    context.drawImage(canvas, 0, 0, base.width, base.height)
  }
  return context.getImageData(0, 0, base.width, base.height)
}

export interface ScreenOptions {
  readonly board: BoardStore
  readonly size?: Size
  readonly scene?: Partial<Scene>
  readonly pictures?: PicturesToPaint
}

/** A board on the page, drawn by the real renderer, beside which the same can be drawn straight. */
export class Screen {
  readonly board: BoardStore
  readonly host: HTMLElement
  readonly renderer: Renderer
  readonly #pictures: PicturesToPaint | undefined
  #scene: Scene

  constructor({ board, size = [640, 480], scene = {}, pictures }: ScreenOptions) {
    this.board = board
    this.#pictures = pictures
    this.#scene = { ...EMPTY_SCENE, ...scene }
    this.host = newHost(size)
    this.renderer = createRenderer({ host: this.host, board, kinds, pictures: pictures ?? null })
    this.renderer.setScene(this.#scene)
  }

  get size(): Size {
    return this.renderer.size
  }

  /** Resolves when the renderer has seen it. */
  async resize([width, height]: Size): Promise<void> {
    this.host.style.width = `${width}px`
    this.host.style.height = `${height}px`
    await new Promise<void>((resolve) => {
      const end = this.renderer.onResize(() => {
        end()
        resolve()
      })
    })
  }

  get scene(): Scene {
    return this.#scene
  }

  show(changes: Partial<Scene>): void {
    this.#scene = { ...this.#scene, ...changes }
    this.renderer.setScene(this.#scene)
  }

  /** Resolves when all is drawn at its best. */
  rest(): Promise<void> {
    return this.renderer.whenPainted()
  }

  shot(options?: { overlay?: boolean }): ImageData {
    return shotOf(this.host, options)
  }

  /** The same without tiles, with these changes of what is shown. */
  straight(changes: Partial<Scene> = {}): ImageData {
    const { board, size } = this
    const scene = { ...this.#scene, ...changes }
    const { measure } = this.renderer
    const ratio = ratioOf(this.host)
    return drawStraight({ board, scene, size, ratio, measure, pictures: this.#pictures?.find })
  }

  /** How far what is seen at rest is from a straight drawing of it. */
  async likeness(): Promise<Likeness> {
    await this.rest()
    return likenessOf(this.shot(), this.straight())
  }

  dispose(): void {
    this.renderer.dispose()
    this.host.remove()
  }
}
