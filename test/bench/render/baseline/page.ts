import { Board, boxOf } from './board.ts'
import type { Box, Simple } from './drawing.ts'

export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** What is under the hand. */
export interface Hold {
  readonly what: Simple | 'all'
  /** How far it was dragged, in board units. */
  dx: number
  dy: number
}

/** What a way of drawing is told. */
export interface Scene {
  readonly context: CanvasRenderingContext2D
  readonly board: Board
  readonly camera: Camera
  readonly view: Box
  readonly ratio: number
  readonly hold: Hold | null
}

/** A way to show the board: all that the two baselines differ in. */
export interface Drawer {
  /** Draws the whole window but for what the pointer draws and what is selected. */
  draw(scene: Scene): void
  /** What is held begins or ends to be drawn apart, or lies elsewhere now. */
  changed(boxes: readonly Box[] | 'all'): void
}

/** As in the product: zoom per pixel of the wheel. */
const ZOOM_RATE = 0.01
const SELECTED = '#4f6bed'

/** A board page with nothing but a canvas. It answers to the same calls and the same hands as the product's. */
class Page {
  readonly #drawer: Drawer
  readonly #canvas = document.createElement('canvas')
  readonly #context: CanvasRenderingContext2D
  #board = new Board([])
  camera: Camera = { x: 0, y: 0, zoom: 1 }
  #hold: Hold | null = null
  #undo: (() => void) | null = null
  #ink: [number, number][] = []
  #tool: 'select' | 'pen' = 'select'
  #isDown = false
  #pressed: readonly [number, number] = [0, 0]
  #allSelected = false
  #frame = 0
  #painted: (() => void)[] = []

  constructor(drawer: Drawer) {
    this.#drawer = drawer
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('This browser cannot draw on a canvas')
    this.#context = context
    this.#canvas.style.cssText = 'position:fixed;inset:0;width:100%;height:100%'
    this.#canvas.width = innerWidth * devicePixelRatio
    this.#canvas.height = innerHeight * devicePixelRatio
    document.body.append(this.#canvas)
    this.#listen()
  }

  get elements(): readonly Simple[] {
    return this.#board.elements
  }

  /** Milliseconds from elements in memory to a complete paint, of everything unless a camera is given. */
  async open(json: string, camera: Camera | null): Promise<number> {
    const elements = JSON.parse(json) as Simple[]
    const start = performance.now()
    this.#board = new Board(elements)
    if (camera) this.look(camera)
    else this.zoomToFit()
    await this.whenPainted()
    return performance.now() - start
  }

  look(camera: Camera): void {
    this.camera = camera
    this.#request()
  }

  zoomToFit(): void {
    const { left, top, right, bottom } = this.#board.bounds()
    const zoom = 0.95 * Math.min(innerWidth / (right - left), innerHeight / (bottom - top))
    const x = (left + right) / 2 - innerWidth / 2 / zoom
    this.look({ x, y: (top + bottom) / 2 - innerHeight / 2 / zoom, zoom })
  }

  /** After the frame in which everything is drawn. */
  whenPainted(): Promise<void> {
    this.#request()
    return new Promise((resolve) => this.#painted.push(resolve))
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#frame = 0
    const { x, y, zoom } = this.camera
    const view = { left: x, top: y, right: x + innerWidth / zoom, bottom: y + innerHeight / zoom }
    const ratio = devicePixelRatio
    const context = this.#context
    this.#drawer.draw({ context, board: this.#board, camera: this.camera, view, ratio, hold: this.#hold })
    context.setTransform(zoom * ratio, 0, 0, zoom * ratio, -x * zoom * ratio, -y * zoom * ratio)
    if (this.#ink.length > 0) this.#drawInk()
    if (this.#allSelected) this.#drawSelection()
    const painted = this.#painted
    this.#painted = []
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      for (const resolve of painted) resolve()
    }
    port2.postMessage(null)
  }

  #drawInk(): void {
    const context = this.#context
    context.beginPath()
    for (const [x, y] of this.#ink) context.lineTo(x, y)
    context.lineWidth = 4
    context.strokeStyle = '#1e1e1e'
    context.stroke()
  }

  #drawSelection(): void {
    const { left, top, right, bottom } = this.#board.bounds()
    this.#context.lineWidth = 1 / this.camera.zoom
    this.#context.strokeStyle = SELECTED
    this.#context.strokeRect(
      left + (this.#hold?.dx ?? 0),
      top + (this.#hold?.dy ?? 0),
      right - left,
      bottom - top,
    )
  }

  #place({ clientX, clientY }: MouseEvent): [number, number] {
    return [this.camera.x + clientX / this.camera.zoom, this.camera.y + clientY / this.camera.zoom]
  }

  #listen(): void {
    addEventListener('wheel', (event) => this.#onWheel(event), { passive: false })
    addEventListener('pointerdown', (event) => this.#onDown(event))
    addEventListener('pointermove', (event) => this.#onMove(event))
    addEventListener('pointerup', () => this.#onUp())
    addEventListener('keydown', (event) => this.#onKey(event))
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault()
    const { zoom } = this.camera
    const next = event.ctrlKey ? zoom * Math.exp(-event.deltaY * ZOOM_RATE) : zoom
    const [px, py] = this.#place(event)
    const [dx, dy] = event.ctrlKey ? [0, 0] : [event.deltaX / zoom, event.deltaY / zoom]
    this.look({ x: px - event.clientX / next + dx, y: py - event.clientY / next + dy, zoom: next })
  }

  #onDown(event: PointerEvent): void {
    this.#isDown = true
    const [x, y] = this.#place(event)
    this.#pressed = [x, y]
    if (this.#tool === 'pen') this.#ink = [[x, y]]
    else {
      const what = this.#allSelected ? 'all' : this.#board.at(x, y)
      this.#hold = what ? { what, dx: 0, dy: 0 } : null
      if (what && what !== 'all') this.#drawer.changed([what].map(boxOf))
    }
    this.#request()
  }

  #onMove(event: PointerEvent): void {
    if (!this.#isDown) return
    if (this.#tool === 'pen') this.#ink.push(this.#place(event))
    if (this.#hold) {
      const [x, y] = this.#place(event)
      this.#hold.dx = x - this.#pressed[0]
      this.#hold.dy = y - this.#pressed[1]
    }
    this.#request()
  }

  #onUp(): void {
    this.#isDown = false
    const hold = this.#hold
    this.#hold = null
    if (!hold) return
    this.#apply(hold.what, hold.dx, hold.dy)
    this.#undo = () => this.#apply(hold.what, -hold.dx, -hold.dy)
  }

  #apply(what: Hold['what'], dx: number, dy: number): void {
    if (what === 'all') {
      this.#board.moveAll(dx, dy)
      this.#drawer.changed('all')
    } else {
      const before = boxOf(what)
      this.#board.moveTo(what, what.x + dx, what.y + dy)
      this.#drawer.changed([before, boxOf(what)])
    }
    this.#request()
  }

  #onKey({ key, ctrlKey }: KeyboardEvent): void {
    if (ctrlKey && key === 'a') this.#allSelected = true
    if (ctrlKey && key === 'z') {
      this.#undo?.()
      this.#undo = null
    }
    if (key === 'Escape') this.#allSelected = false
    if (key === 'p') this.#tool = 'pen'
    if (key === 'v') this.#tool = 'select'
    this.#request()
  }
}

/** What the bench calls, under the name that the product's handle has. */
export const start = (drawer: Drawer): void => {
  const page = new Page(drawer)
  const editor = {
    get camera() {
      return page.camera
    },
    elements: () => page.elements.map(({ id, x, y }) => ({ id, x, y })),
    setCamera: (camera: Camera) => page.look(camera),
    zoomToFit: () => page.zoomToFit(),
  }
  const open = (json: string, camera: Camera | null): Promise<number> => page.open(json, camera)
  Object.assign(window, { drawbridge: { editor, open, whenPainted: () => page.whenPainted() } })
}
