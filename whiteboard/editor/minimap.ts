import { visibleBox } from '../geometry/camera.ts'
import type { Vec } from '../geometry/types.ts'
import type { Theme } from '../model/palette.ts'
import { fromMap, type MapPlace, paintSpecks, paintViews, placeMap } from '../render/minimap.ts'
import type { EditorCore } from './core.ts'

/** Milliseconds between two drawings of all that is on the board; what one sees is drawn whenever it changes. */
const REDRAW = 400

/** Draws the map of the board on a canvas for as long as it is shown; a press or drag on it moves the view there. */
class Minimap {
  readonly #core: EditorCore
  readonly #canvas: HTMLCanvasElement
  readonly #specks = document.createElement('canvas')
  readonly #abort = new AbortController()
  readonly #endings: (() => void)[]
  #place: MapPlace | null = null
  #theme: Theme | null = null
  #stale = true
  #drawnAt = Number.NEGATIVE_INFINITY
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(core: EditorCore, canvas: HTMLCanvasElement) {
    this.#core = core
    this.#canvas = canvas
    const boardChanged = () => {
      this.#stale = true
      this.#request()
    }
    this.#endings = [core.board.subscribe(boardChanged), core.onPresence(() => this.#request())]
    this.#endings.push(core.subscribe(() => this.#request()))
    const { signal } = this.#abort
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.#drag(event), { signal })
    this.#request()
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#abort.abort()
    for (const end of this.#endings) end()
  }

  #request(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0
      this.#draw(now)
    })
  }

  #draw(now: number): void {
    const context = this.#canvas.getContext('2d')
    if (!context) return
    const { board, camera, peers, theme } = this.#core
    const view = visibleBox(camera.camera, camera.size)
    const place = placeMap(board.bounds(), view, [this.#canvas.width, this.#canvas.height])
    const moved = place.scale !== this.#place?.scale || String(place.origin) !== String(this.#place.origin)
    if (moved || this.#stale || theme !== this.#theme) this.#drawSpecks(place, now)
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    this.#copySpecks(context, place)
    paintViews(context, view, peers, place, theme)
  }

  /** The last drawing, brought to where the map lies now. */
  #copySpecks(context: CanvasRenderingContext2D, { origin, scale }: MapPlace): void {
    if (!this.#place) return
    const ratio = scale / this.#place.scale
    context.drawImage(
      this.#specks,
      (this.#place.origin[0] - origin[0]) * scale,
      (this.#place.origin[1] - origin[1]) * scale,
      this.#specks.width * ratio,
      this.#specks.height * ratio,
    )
  }

  #drawSpecks(place: MapPlace, now: number): void {
    const wait = this.#drawnAt + REDRAW - now
    if (wait > 0 && this.#theme === this.#core.theme) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#request()
      }, wait)
      return
    }
    this.#specks.width = this.#canvas.width
    this.#specks.height = this.#canvas.height
    const context = this.#specks.getContext('2d')
    if (context) paintSpecks(context, this.#core.board, place, this.#core.theme)
    this.#drawnAt = now
    this.#place = place
    this.#theme = this.#core.theme
    this.#stale = false
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return
    this.#canvas.setPointerCapture(event.pointerId)
    this.#show(event)
  }

  #drag(event: PointerEvent): void {
    if (this.#canvas.hasPointerCapture(event.pointerId)) this.#show(event)
  }

  /** Brings the place under the pointer to the middle of the view. */
  #show(event: PointerEvent): void {
    const { camera, size } = this.#core.camera
    const box = this.#canvas.getBoundingClientRect()
    const view = visibleBox(camera, size)
    const place = placeMap(this.#core.board.bounds(), view, [this.#canvas.width, this.#canvas.height])
    const ratio = this.#canvas.width / box.width
    const pixel: Vec = [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio]
    const [x, y] = fromMap(place, pixel)
    this.#core.camera.setCamera({
      ...camera,
      x: x - size[0] / 2 / camera.zoom,
      y: y - size[1] / 2 / camera.zoom,
    })
  }
}

export const showMinimap = (core: EditorCore, canvas: HTMLCanvasElement): (() => void) => {
  const minimap = new Minimap(core, canvas)
  return () => minimap.dispose()
}
