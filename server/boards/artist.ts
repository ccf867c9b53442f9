import { once } from 'node:events'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Theme } from '../../whiteboard/model/palette.ts'
import type { Log } from '../log.ts'
import { type Clock, systemClock } from '../sync/ports.ts'

/** What is to be drawn: the updates that make a board together. */
export interface Order {
  readonly updates: readonly Uint8Array[]
  readonly theme: Theme
}

/** Draws pictures of boards away from the main thread, one at a time. */
export interface Artist {
  /** The SVG; null when it was not done in time, or took too much memory, or the updates do not decode. */
  draw(order: Order): Promise<string | null>
  stop(): Promise<void>
}

export interface ArtistOptions {
  readonly start: () => Worker
  readonly log: Log
  readonly clock?: Clock
}

/** Milliseconds. */
export const artistTimes = {
  /** For one picture. Drawing stops by itself long before, so that only what hangs takes so long. */
  picture: 15_000,
  /** Without anything to draw, after which the thread and its memory are given back. */
  rest: 30_000,
} as const

/** Above this the thread ends, and nothing else does. Mebibytes. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 48 }

/** Has Node read TypeScript in a thread; it does not take over that its process can. */
const fromSource = (file: string): string =>
  `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(pathToFileURL(file))})))`

/** The thread of `picture-worker.ts`. @param main where `main.ts` is, built or not */
export const startPictureWorker = (main: string): Worker => {
  const extension = extname(main)
  const file = join(dirname(main), 'boards', `picture-worker${extension}`)
  const options = { resourceLimits, execArgv: [], env: {} }
  return extension === '.ts'
    ? new Worker(fromSource(file), { ...options, eval: true })
    : new Worker(file, options)
}

class ThreadArtist implements Artist {
  private readonly options: Required<ArtistOptions>
  /** Ends when all that was ordered is drawn. */
  private line: Promise<unknown> = Promise.resolve()
  private worker: Worker | null = null
  private cancelRest: () => void = () => {}
  private stopped = false

  constructor(options: ArtistOptions) {
    this.options = { clock: systemClock, ...options }
  }

  draw(order: Order): Promise<string | null> {
    const drawn = this.line.then(() => this.drawNext(order))
    this.line = drawn
    return drawn
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.dismiss()
  }

  private async drawNext(order: Order): Promise<string | null> {
    if (this.stopped) return null
    this.cancelRest()
    const { clock, log } = this.options
    try {
      return await this.ask(this.hire(), order)
    } catch (error) {
      if (!this.stopped) log.warn('A picture of a board could not be drawn', { error })
      await this.dismiss()
      return null
    } finally {
      if (!this.stopped) this.cancelRest = clock.after(artistTimes.rest, () => void this.dismiss())
    }
  }

  private hire(): Worker {
    if (this.worker) return this.worker
    const worker = this.options.start()
    const gone = (): void => {
      if (this.worker === worker) this.worker = null
    }
    worker.on('error', gone)
    worker.on('exit', gone)
    // A process that is done with everything else does not wait for pictures.
    worker.unref()
    this.worker = worker
    return worker
  }

  private async ask(worker: Worker, { updates, theme }: Order): Promise<string> {
    const answered = new AbortController()
    const { signal } = answered
    let cancel = (): void => {}
    const late = new Promise<never>((_, reject) => {
      cancel = this.options.clock.after(artistTimes.picture, () => reject(new Error('It took too long')))
    })
    // What is handed over is gone here, and may be part of something larger.
    const copies = updates.map((update) => new Uint8Array(update))
    try {
      const answer = once(worker, 'message', { signal })
      const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('The thread ended')))
      worker.postMessage(
        { updates: copies, theme },
        copies.map(({ buffer }) => buffer),
      )
      const [svg] = await Promise.race([answer, ended, late])
      return String(svg)
    } finally {
      cancel()
      answered.abort()
    }
  }

  private async dismiss(): Promise<void> {
    const { worker } = this
    this.worker = null
    this.cancelRest()
    await worker?.terminate()
  }
}

export const createArtist = (options: ArtistOptions): Artist => new ThreadArtist(options)
