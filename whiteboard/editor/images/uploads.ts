import type { AssetId } from '../../model/surface.ts'
import type { AssetTransport } from './transport.ts'
import type { UploadDatabase } from './upload-database.ts'

export interface UploadsOptions {
  readonly transport: Pick<AssetTransport, 'upload'>
  /** Null where the browser keeps nothing. */
  readonly database: UploadDatabase | null
  readonly onChange: () => void
  /** The server has it, under a name that is nearly always the same. */
  readonly onStored: (asset: AssetId, stored: AssetId) => void
  readonly onRefused: (asset: AssetId, message: string) => void
  /** Runs something after so many milliseconds; returns what calls it off. */
  readonly after?: (milliseconds: number, work: () => void) => () => void
}

/** Pictures being sent at once; the server takes a few more of one person. */
const AT_ONCE = 2
/** Milliseconds. */
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 60_000

type Phase =
  | { readonly type: 'queued' | 'sending' }
  | { readonly type: 'waiting'; readonly cancel: () => void }

interface Upload {
  readonly asset: AssetId
  readonly picture: Blob
  phase: Phase
  failures: number
  /** From 0 to 1. */
  progress: number
}

const browserAfter = (milliseconds: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Sends pictures to the server, again and again until it has them, and keeps them on this device until then. What a page
 * that was closed left behind, the next one sends.
 */
export class Uploads {
  readonly #options: UploadsOptions
  readonly #after: NonNullable<UploadsOptions['after']>
  readonly #uploads = new Map<AssetId, Upload>()
  #disposed = false

  constructor(options: UploadsOptions) {
    this.#options = options
    this.#after = options.after ?? browserAfter
  }

  /** Takes up what was left on this device. */
  async restore(): Promise<void> {
    const left = await (this.#options.database?.all() ?? Promise.resolve([])).catch(() => [])
    for (const { asset, picture } of left) this.#begin(asset, picture)
  }

  /** Resolves once the picture is kept on this device, or cannot be; sending goes on by itself. */
  async add(asset: AssetId, picture: Blob): Promise<void> {
    if (this.#uploads.has(asset)) return
    this.#begin(asset, picture)
    await this.#options.database?.put({ asset, picture }).catch(() => undefined)
    // It was quicker than the device.
    if (!this.#uploads.has(asset)) await this.#forget(asset)
  }

  /** How many are kept on this device, those of other tabs included. */
  async left(): Promise<number> {
    return (this.#options.database?.count() ?? Promise.resolve(0)).catch(() => 0)
  }

  get pending(): number {
    return this.#uploads.size
  }

  get progress(): ReadonlyMap<AssetId, number> {
    return new Map([...this.#uploads.values()].map(({ asset, progress }) => [asset, progress]))
  }

  /** A picture that is not on the server yet. */
  picture(asset: AssetId): Blob | null {
    return this.#uploads.get(asset)?.picture ?? null
  }

  /** Tries at once what waits for another try. */
  wake(): void {
    for (const upload of this.#uploads.values()) {
      if (upload.phase.type !== 'waiting') continue
      upload.phase.cancel()
      upload.failures = 0
      upload.phase = { type: 'queued' }
    }
    this.#next()
  }

  dispose(): void {
    this.#disposed = true
    for (const { phase } of this.#uploads.values()) if (phase.type === 'waiting') phase.cancel()
  }

  #begin(asset: AssetId, picture: Blob): void {
    if (this.#disposed || this.#uploads.has(asset)) return
    this.#uploads.set(asset, { asset, picture, phase: { type: 'queued' }, failures: 0, progress: 0 })
    this.#options.onChange()
    this.#next()
  }

  #next(): void {
    if (this.#disposed) return
    const all = [...this.#uploads.values()]
    const free = AT_ONCE - all.filter(({ phase }) => phase.type === 'sending').length
    const queued = all.filter(({ phase }) => phase.type === 'queued').slice(0, Math.max(0, free))
    for (const upload of queued) void this.#send(upload)
  }

  async #send(upload: Upload): Promise<void> {
    upload.phase = { type: 'sending' }
    const { transport, onStored, onRefused } = this.#options
    const answer = await transport.upload(upload.picture, (part) => this.#progressed(upload, part))
    if (this.#disposed) return
    if (answer.type === 'later') {
      this.#wait(upload)
    } else {
      this.#uploads.delete(upload.asset)
      await this.#forget(upload.asset)
      if (answer.type === 'stored') onStored(upload.asset, answer.asset)
      else onRefused(upload.asset, answer.message)
    }
    this.#options.onChange()
    this.#next()
  }

  #progressed(upload: Upload, part: number): void {
    upload.progress = part
    if (!this.#disposed) this.#options.onChange()
  }

  #wait(upload: Upload): void {
    const delay = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** upload.failures)
    upload.failures += 1
    upload.progress = 0
    const again = (): void => {
      upload.phase = { type: 'queued' }
      this.#next()
    }
    upload.phase = { type: 'waiting', cancel: this.#after(delay, again) }
  }

  /** What cannot be deleted is sent once more by a later page, which does no harm. */
  async #forget(asset: AssetId): Promise<void> {
    await this.#options.database?.delete(asset).catch(() => undefined)
  }
}
