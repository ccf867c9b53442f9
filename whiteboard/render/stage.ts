import type { Size } from '../geometry/types.ts'
import { pixelRatio } from './viewport.ts'

/** One canvas of the stage. */
export type Layer = CanvasRenderingContext2D

const makeLayer = (host: HTMLElement): Layer => {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none;display:block'
  host.append(canvas)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser cannot draw on a canvas')
  return context
}

/** Takes a layer with nothing on it out of what the browser has to put together for each frame. */
export const reveal = ({ canvas }: Layer, isVisible: boolean): void => {
  const visibility = isVisible ? 'visible' : 'hidden'
  if (canvas.style.visibility !== visibility) canvas.style.visibility = visibility
}

/** The canvases in the host element, one over the other, always as large as it in device pixels. */
export class Stage {
  readonly base: Layer
  readonly live: Layer
  readonly overlay: Layer
  size: Size = [0, 0]
  ratio = 1
  readonly #host: HTMLElement
  readonly #observer: ResizeObserver
  readonly #changed: () => void
  #resolution: MediaQueryList | null = null

  /** @param changed Called when size or device pixels changed; the canvases are blank then. */
  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host
    this.#changed = changed
    this.base = makeLayer(host)
    this.live = makeLayer(host)
    this.overlay = makeLayer(host)
    this.#observer = new ResizeObserver(() => this.#measure())
    this.#observer.observe(host)
    this.#measure()
  }

  dispose(): void {
    this.#observer.disconnect()
    this.#resolution?.removeEventListener('change', this.#onResolution)
    for (const { canvas } of [this.base, this.live, this.overlay]) canvas.remove()
  }

  readonly #onResolution = () => this.#measure()

  /** Moving the window to another screen, or the browser's zoom, changes the device pixels only. */
  #watchResolution(): void {
    this.#resolution?.removeEventListener('change', this.#onResolution)
    this.#resolution = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    this.#resolution.addEventListener('change', this.#onResolution)
  }

  #measure(): void {
    const size: Size = [this.#host.clientWidth, this.#host.clientHeight]
    const ratio = pixelRatio(window.devicePixelRatio, size)
    this.#watchResolution()
    if (size[0] === this.size[0] && size[1] === this.size[1] && ratio === this.ratio) return
    this.size = size
    this.ratio = ratio
    for (const { canvas } of [this.base, this.live, this.overlay]) {
      canvas.width = Math.max(1, Math.round(size[0] * ratio))
      canvas.height = Math.max(1, Math.round(size[1] * ratio))
    }
    this.#changed()
  }
}
