/** What runs inside each page that is measured, from its first script on. */

interface Recording {
  /** When frames began, in milliseconds of the page's clock. */
  readonly frames: readonly number[]
  /** Milliseconds of each task longer than 50 ms. */
  readonly longTasks: readonly number[]
  /** Milliseconds from each pointer event to the end of the frame that shows it. */
  readonly latencies: readonly number[]
}

/** Milliseconds of the page's clock. */
interface Opening {
  /** When the document's bytes were here; 0, the start of the page, where nothing tells it. */
  readonly received: number
  readonly painted: number
  /** How many the board has when it says that all is drawn. */
  readonly elements: number
  /** Of tasks that ended after the bytes were here. */
  readonly longTasks: readonly number[]
}

export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Placed {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface Recorder {
  start(): void
  stop(): Recording
  /** Resolves when the product's page shows its whole document. */
  opened(): Promise<Opening>
  camera(): Camera
  /** Looks from there; the milliseconds until all is drawn. */
  look(camera: Camera): Promise<number>
  places(): Placed[]
  /** Megabytes of the pixels of all canvases that are still in use, at four bytes each. */
  canvases(): number
  /** Where something stands before the board, in CSS pixels. */
  covered(): [left: number, top: number, right: number, bottom: number][]
  /** Milliseconds from now until all is drawn. */
  untilPainted(): Promise<number>
  /** Milliseconds that it takes to show everything, of the whole board. */
  fit(): Promise<number>
  /** Has the next event of that type timed; `answered` resolves with the milliseconds until all that it led to is drawn. */
  await(type: 'keydown' | 'pointerup'): void
  answered(): Promise<number>
}

/** What the handles of the product and of the baselines both offer. */
interface Handle {
  readonly editor: {
    readonly camera: Camera
    setCamera(camera: Camera): void
    zoomToFit(): void
    elements(): readonly unknown[]
  }
  whenPainted(): Promise<void>
}

interface Area {
  readonly width: number
  readonly height: number
}

/** Milliseconds. */
const OPEN_WITHIN = 60_000

/** Bytes of a message that can only be the document. */
const DOCUMENT_BYTES = 10_000

const tasks: PerformanceEntry[] = []
const known = new WeakSet<object>()
const canvases = new Set<WeakRef<Area>>()
let answer: Promise<number> = Promise.resolve(Number.NaN)
let frames: number[] = []
let latencies: number[] = []
let stamps: number[] = []
let isRecording = false
let since = 0
let firstBytes = 0

const handle = (): Handle | undefined => (window as unknown as { drawbridge?: Handle }).drawbridge

/** After what the browser does for this frame. */
const afterFrame = (then: () => void): void => {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  })
}

const everyFrame = (time: number): void => {
  if (!isRecording) return
  frames.push(time)
  requestAnimationFrame(everyFrame)
}

const onMove = (event: PointerEvent): void => {
  if (!isRecording || event.buttons === 0) return
  const isFirst = stamps.length === 0
  const coalesced = event.getCoalescedEvents()
  stamps.push(...(coalesced.length > 0 ? coalesced : [event]).map(({ timeStamp }) => timeStamp))
  if (!isFirst) return
  afterFrame(() => {
    const now = performance.now()
    latencies.push(...stamps.map((stamp) => now - stamp))
    stamps = []
  })
}

const markOf = (name: string): number | undefined => performance.getEntriesByName(name)[0]?.startTime

/** Resolves when the page says so by User Timing. */
const marked = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`The page never said ${name}.`)), OPEN_WITHIN)
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName(name).length === 0) return
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'mark', buffered: true })
  })

const nextFrame = (): Promise<void> => new Promise((resolve) => afterFrame(() => resolve()))

/** Side of a cell in which one look tells whether something stands before the board, in CSS pixels. */
const CELL = 16

const isCovered = (x: number, y: number): boolean => {
  const board = document.querySelector('[data-board-canvas]')
  const found = document.elementFromPoint(x, y)
  return board !== null && found !== null && !board.contains(found)
}

const paintedSince = async (start: number): Promise<number> => {
  await handle()?.whenPainted()
  await nextFrame()
  return performance.now() - start
}

const recorder: Recorder = {
  start() {
    frames = []
    latencies = []
    since = performance.now()
    isRecording = true
    requestAnimationFrame(everyFrame)
  },
  stop() {
    isRecording = false
    const longTasks = tasks.filter(({ startTime }) => startTime >= since).map(({ duration }) => duration)
    return { frames, longTasks, latencies }
  },
  async opened() {
    await marked('drawbridge:first-paint')
    await handle()?.whenPainted()
    const painted = performance.now()
    const received = firstBytes || markOf('drawbridge:document-received') || 0
    await new Promise((resolve) => setTimeout(resolve, 100))
    const late = tasks.filter(({ startTime, duration }) => startTime + duration > received)
    const elements = handle()?.editor.elements().length ?? 0
    return { received, painted, elements, longTasks: late.map(({ duration }) => duration) }
  },
  camera() {
    const { x, y, zoom } = handle()?.editor.camera ?? { x: 0, y: 0, zoom: 1 }
    return { x, y, zoom }
  },
  look(camera) {
    const start = performance.now()
    handle()?.editor.setCamera(camera)
    return paintedSince(start)
  },
  places: () =>
    (handle()?.editor.elements() ?? []).map((element) => {
      const { id, x, y } = element as Placed
      return { id, x, y }
    }),
  canvases() {
    const areas = [...canvases]
      .map((each) => each.deref())
      .map((each) => (each ? each.width * each.height : 0))
    return (4 * areas.reduce((sum, area) => sum + area, 0)) / 1e6
  },
  covered() {
    const cells: ReturnType<Recorder['covered']> = []
    for (let y = 0; y < innerHeight; y += CELL)
      for (let x = 0; x < innerWidth; x += CELL)
        if (isCovered(x + CELL / 2, y + CELL / 2)) cells.push([x, y, x + CELL, y + CELL])
    return cells
  },
  untilPainted: () => paintedSince(performance.now()),
  fit() {
    const start = performance.now()
    handle()?.editor.zoomToFit()
    return paintedSince(start)
  },
  await(type) {
    answer = new Promise((resolve) => {
      const onEvent = ({ timeStamp }: Event): void => afterFrame(() => resolve(paintedSince(timeStamp)))
      addEventListener(type, onEvent, { capture: true, once: true })
    })
  },
  answered: () => answer,
}

/** Knows each canvas from its first context on. */
const watchCanvases = (prototype: { getContext(...args: never[]): unknown }): void => {
  prototype.getContext = new Proxy(prototype.getContext, {
    apply(getContext, canvas: Area, args) {
      if (!known.has(canvas)) canvases.add(new WeakRef(canvas))
      known.add(canvas)
      return Reflect.apply(getContext, canvas, args)
    },
  })
}

class WatchedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    this.addEventListener('message', ({ data }) => {
      const size = data instanceof ArrayBuffer ? data.byteLength : data instanceof Blob ? data.size : 0
      if (firstBytes === 0 && size > DOCUMENT_BYTES) firstBytes = performance.now()
    })
  }
}

new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({
  type: 'longtask',
  buffered: true,
})
watchCanvases(HTMLCanvasElement.prototype)
watchCanvases(OffscreenCanvas.prototype)
addEventListener('pointermove', onMove, { capture: true })
Object.assign(window, { bench: recorder, WebSocket: WatchedSocket })
