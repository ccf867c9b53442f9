import { clamp } from '../geometry/clamp.ts'
import type { AssetId } from '../model/surface.ts'
import type { FindPicture, LoadedPicture } from './canvas-surface.ts'

/** Where the bytes of pictures come from. */
export interface PictureSource {
  /** Null while there is no such picture (a peer may be uploading it still); rejects when nobody can be asked. */
  load(asset: AssetId): Promise<Blob | null>
}

/** A decoded picture or a smaller version of it. */
export interface Decoded {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
  close(): void
}

export type Decode = (
  source: Blob | CanvasImageSource,
  size?: readonly [width: number, height: number],
) => Promise<Decoded>

export interface PicturesOptions {
  readonly source: PictureSource
  /** Decodes, or makes smaller what is decoded, off the main thread where the browser can. */
  readonly decode?: Decode
  /** Runs something after so many milliseconds; returns what calls it off. */
  readonly after?: (milliseconds: number, work: () => void) => () => void
  /** Pixels of all decoded pictures together. */
  readonly budget?: number
}

/** Four bytes each. */
const BUDGET = 48_000_000
/** Milliseconds before the first and the longest wait for another try. */
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000
/** Milliseconds longer for each that is waited for: a board of thousands that are not there is no flood of questions. */
const WAIT_PER_MISSING = 200
/** Halvings of a picture that are kept for small zooms. */
const MOST_HALVINGS = 6
/** Pictures being fetched or decoded at once. */
const AT_ONCE = 4

interface Full {
  readonly blob: Blob
  readonly width: number
  readonly height: number
}

type State =
  | { readonly type: 'loading' }
  | { readonly type: 'waiting'; readonly cancel: () => void }
  | { readonly type: 'ready'; readonly full: Full }
  /** Its bytes are here and no picture: nothing will come of it. */
  | { readonly type: 'broken' }

interface Entry {
  readonly asset: AssetId
  state: State
  failures: number
  /** By halving: 0 is full size, 1 half of it, and so on. */
  readonly versions: Map<number, Decoded>
  /** The halving that was last asked for. */
  wanted: number
  /** Whether the wanted halving is being made. */
  making: boolean
  used: number
}

const browserDecode: Decode = async (source, size) => {
  const bitmap = await createImageBitmap(
    source,
    size && { resizeWidth: size[0], resizeHeight: size[1], resizeQuality: 'high' },
  )
  return { image: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() }
}

const browserAfter = (milliseconds: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}

const halvingFor = (ratio: number): number =>
  clamp(Math.floor(Math.log2(1 / Math.max(ratio, 1e-6))), 0, MOST_HALVINGS)

const sizeOf = ({ width, height }: Full, halving: number): readonly [number, number] => {
  const side = (length: number): number => Math.max(1, Math.round(length / 2 ** halving))
  return [side(width), side(height)]
}

/** The exact halving, else the next larger, else the largest of the smaller ones. */
const bestOf = (entry: Entry, full: Full): LoadedPicture | null => {
  const halvings = [...entry.versions.keys()].sort((a, b) => a - b)
  const chosen = halvings.findLast((halving) => halving <= entry.wanted) ?? halvings[0]
  const version = chosen === undefined ? undefined : entry.versions.get(chosen)
  if (!version) return null
  return { image: version.image, width: full.width, height: full.height, ratio: version.width / full.width }
}

/**
 * The pictures of a board as canvases take them. One is fetched when it is first asked for, decoded at about the size in
 * which it is shown, and forgotten again, longest unused first, when all take too much memory. What is not there yet is
 * asked for again, less and less often.
 */
export class Pictures {
  readonly #source: PictureSource
  readonly #decode: Decode
  readonly #after: NonNullable<PicturesOptions['after']>
  readonly #budget: number
  readonly #entries = new Map<AssetId, Entry>()
  readonly #listeners = new Set<(assets: ReadonlySet<AssetId>) => void>()
  /** What is to be fetched or decoded, oldest first. */
  #jobs: (() => Promise<AssetId | null>)[] = []
  #running = 0
  #held = 0
  #uses = 0
  #disposed = false

  constructor({ source, decode = browserDecode, after = browserAfter, budget = BUDGET }: PicturesOptions) {
    this.#source = source
    this.#decode = decode
    this.#after = after
    this.#budget = budget
  }

  /** The best version that is here; a better one is on its way when this is not it. */
  readonly find: FindPicture = (asset, ratio) => {
    if (this.#disposed) return null
    const entry = this.#entries.get(asset) ?? this.#begin(asset)
    entry.used = ++this.#uses
    entry.wanted = halvingFor(ratio)
    const { state } = entry
    if (state.type !== 'ready') return null
    if (!entry.versions.has(entry.wanted)) this.#refine(entry, state.full)
    return bestOf(entry, state.full)
  }

  /** Whether something that was asked for is about to be here: not what one has to wait for. */
  get busy(): boolean {
    return this.#running > 0
  }

  /** Called when pictures can be drawn that could not before, or better; with none when nothing more is about to come. */
  subscribe(listener: (assets: ReadonlySet<AssetId>) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks at once for what is waited for: all of it, or these. */
  retry(assets: Iterable<AssetId> = this.#entries.keys()): void {
    for (const asset of [...assets]) {
      const entry = this.#entries.get(asset)
      if (entry?.state.type !== 'waiting') continue
      entry.state.cancel()
      entry.failures = 0
      this.#fetch(entry)
    }
  }

  dispose(): void {
    this.#disposed = true
    this.#jobs = []
    for (const { state, versions } of this.#entries.values()) {
      if (state.type === 'waiting') state.cancel()
      for (const version of versions.values()) version.close()
    }
    this.#entries.clear()
    this.#listeners.clear()
  }

  #begin(asset: AssetId): Entry {
    const state = { type: 'loading' } as const
    const entry: Entry = { asset, state, failures: 0, versions: new Map(), wanted: 0, making: false, used: 0 }
    this.#entries.set(asset, entry)
    this.#fetch(entry)
    return entry
  }

  #fetch(entry: Entry): void {
    entry.state = { type: 'loading' }
    this.#add(() => this.#load(entry))
  }

  #refine(entry: Entry, full: Full): void {
    if (entry.making) return
    entry.making = true
    this.#add(async () => {
      const halving = entry.wanted
      const made = await this.#decode(full.blob, halving === 0 ? undefined : sizeOf(full, halving)).catch(
        () => null,
      )
      entry.making = false
      if (made) this.#keep(entry, halving, made)
      return made && entry.asset
    })
  }

  /** @param job resolves with the picture that can be drawn better now, and never rejects */
  #add(job: () => Promise<AssetId | null>): void {
    this.#jobs.push(job)
    this.#next()
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const job = this.#jobs.shift()
      if (!job) return
      this.#running += 1
      void job().then((asset) => this.#done(asset))
    }
  }

  #done(asset: AssetId | null): void {
    this.#running -= 1
    if (this.#disposed) return
    this.#next()
    const assets = new Set(asset === null ? [] : [asset])
    for (const listener of [...this.#listeners]) listener(assets)
  }

  async #load(entry: Entry): Promise<AssetId | null> {
    const blob = await this.#source.load(entry.asset).catch(() => null)
    if (this.#disposed) return null
    if (!blob) {
      this.#wait(entry)
      return null
    }
    const decoded = await this.#decode(blob).catch(() => null)
    if (!decoded) {
      entry.state = { type: 'broken' }
      return null
    }
    const full = { blob, width: decoded.width, height: decoded.height }
    entry.state = { type: 'ready', full }
    const halving = entry.wanted
    const smaller = await this.#shrunk(decoded, full, halving)
    this.#keep(entry, smaller ? halving : 0, smaller ?? decoded)
    return entry.asset
  }

  /** What was decoded at the size in which it is shown, instead of in full; null where it is shown in full. */
  async #shrunk(decoded: Decoded, full: Full, halving: number): Promise<Decoded | null> {
    if (halving === 0) return null
    const smaller = await this.#decode(decoded.image, sizeOf(full, halving)).catch(() => null)
    if (smaller) decoded.close()
    return smaller
  }

  #wait(entry: Entry): void {
    const missing = [...this.#entries.values()].filter(({ state }) => state.type === 'waiting').length
    const patience = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** entry.failures)
    const delay = Math.max(patience, missing * WAIT_PER_MISSING)
    entry.failures += 1
    entry.state = { type: 'waiting', cancel: this.#after(delay, () => this.#fetch(entry)) }
  }

  #keep(entry: Entry, halving: number, version: Decoded): void {
    if (this.#disposed) {
      version.close()
      return
    }
    const before = entry.versions.get(halving)
    if (before) this.#drop(entry, halving, before)
    entry.versions.set(halving, version)
    this.#held += version.width * version.height
    const oldestFirst = [...this.#entries.values()].sort((a, b) => a.used - b.used)
    for (const each of oldestFirst) this.#shed(each, version)
  }

  /** Gives up the largest versions first, as long as there is too much; never the one that has just been made. */
  #shed(entry: Entry, kept: Decoded): void {
    for (const [halving, version] of [...entry.versions].sort(([a], [b]) => a - b)) {
      if (this.#held <= this.#budget) return
      if (version !== kept) this.#drop(entry, halving, version)
    }
  }

  #drop(entry: Entry, halving: number, version: Decoded): void {
    entry.versions.delete(halving)
    this.#held -= version.width * version.height
    version.close()
  }
}
