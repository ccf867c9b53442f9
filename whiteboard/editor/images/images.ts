import type { WorldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import type { Peer } from '../../model/presence.ts'
import type { AssetId } from '../../model/surface.ts'
import type { EditorCore } from '../core.ts'
import { Listeners } from '../listeners.ts'
import { PictureShelf } from './shelf.ts'
import type { AssetTransport } from './transport.ts'
import type { Workshop } from './workshop.ts'

export interface ImagesOptions {
  readonly transport: AssetTransport
  /** Whose pictures are kept on this device until they are sent. */
  readonly personId: string
  /** Says something to the person: why a file is not taken. */
  readonly say: (message: string) => void
}

/** A picture that was made ready for the board and is on its way to the server. */
export interface BroughtPicture {
  readonly asset: AssetId
  /** Its pixels. */
  readonly natural: readonly [number, number]
}

/** Where pictures of pasted elements may be had that are not on this board. */
export interface PictureOrigin {
  /** The board that the elements were copied from. */
  readonly boardId?: string | undefined
  /** `data:` addresses by asset, as files and clipboards carry them. */
  readonly files?: Readonly<Record<string, string>> | undefined
}

/** What a file dialog offers; whatever else is chosen is looked at all the same. */
const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp,image/svg+xml'

const isLikelyImage = ({ type, name }: File): boolean =>
  type.startsWith('image/') || /\.(png|jpe?g|jfif|webp|gif|avif|bmp|svg)$/i.test(name)

/** What takes pictures in is fetched with the first one; a board that was never idle online has not kept it. */
const UNREACHABLE =
  'Images cannot be added while the server cannot be reached. Try again when you are online.'

/** Tells the next page of this board, before it has read anything, that pictures wait here to be sent. */
export class WaitingMark {
  readonly #key: string

  constructor(personId: string, boardId: string) {
    this.#key = `drawbridge-uploads ${personId} ${boardId}`
  }

  get isSet(): boolean {
    try {
      return localStorage.getItem(this.#key) !== null
    } catch {
      return false
    }
  }

  set(waiting: boolean): void {
    try {
      if (waiting) localStorage.setItem(this.#key, '1')
      else localStorage.removeItem(this.#key)
    } catch {
      // Storage is forbidden, so nothing waits for another page either.
    }
  }
}

/**
 * The pictures of a board: shows them, takes them in, and sees them to the server. Both are fetched when there is
 * something to do (`shelf.ts`, `workshop.ts`).
 */
export class BoardImages {
  readonly pictures: PictureShelf
  readonly #core: EditorCore
  readonly #options: ImagesOptions
  readonly #mark: WaitingMark
  readonly #listeners = new Listeners()
  #workshop: Workshop | null = null
  #opening: Promise<Workshop> | null = null
  /** Pictures that are being made ready, which the workshop does not count yet. */
  #entering = 0
  #disposed = false

  constructor(core: EditorCore, options: ImagesOptions) {
    this.#core = core
    this.#options = options
    this.#mark = new WaitingMark(options.personId, options.transport.boardId)
    this.pictures = new PictureShelf({ load: (asset) => this.#load(asset) })
    if (this.#mark.isSet) this.#open().catch(() => undefined)
  }

  /** The board that the pictures are on. */
  get boardId(): string {
    return this.#options.transport.boardId
  }

  /** Pictures that are not known to be on the server. */
  get pending(): number {
    const waiting = this.#workshop?.pending ?? (this.#mark.isSet ? 1 : 0)
    return waiting + this.#entering
  }

  /** Called when `pending` may have changed. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Resolves when all pictures so far are on the server. */
  whenSent(): Promise<void> {
    if (this.pending === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const end = this.subscribe(() => {
        if (this.pending > 0) return
        end()
        resolve()
      })
    })
  }

  /** The server can be reached again. */
  wake(): void {
    if (this.#workshop) this.#workshop.wake()
    else if (this.#mark.isSet) this.#open().catch(() => undefined)
    this.pictures.retry()
  }

  /** Peers say which pictures they are sending: those that they are done with are there now. */
  peersChanged(before: readonly Peer[], after: readonly Peer[]): void {
    const sent = new Set(before.flatMap(({ uploads }) => [...uploads.keys()]))
    if (sent.size === 0) return
    for (const { uploads } of after) for (const asset of uploads.keys()) sent.delete(asset)
    if (sent.size > 0) this.pictures.retry(sent)
  }

  /** The pictures among files of the clipboard or of a drop; empty when there are none. */
  static imagesAmong(files: Iterable<File>): File[] {
    return [...files].filter(isLikelyImage)
  }

  /** Lets the person choose files. To be called while they press something: browsers open no dialog otherwise. */
  pick(): void {
    if (!this.#core.canEdit) return
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', multiple: true, accept: ACCEPTED })
    input.addEventListener('change', () => void this.add([...(input.files ?? [])], null))
    input.click()
  }

  /** Puts files on the board as pictures, and says which are none. `at` is their middle, null that of the view. */
  async add(files: readonly File[], at: WorldPoint | null): Promise<void> {
    if (!this.#core.canEdit || files.length === 0) return
    const done = await this.#enter(files.length, async (workshop) => {
      await workshop.add(files, at)
      return true
    })
    if (!done) this.#options.say(UNREACHABLE)
  }

  /** Makes a file ready and sends it, for those who make the element themselves. Null when it is no picture. */
  bring(file: Blob): Promise<BroughtPicture | null> {
    return this.#enter(1, (workshop) => workshop.bring(file))
  }

  /**
   * Sees to it that pictures of elements which come from elsewhere are on this board too: fetched from where they were,
   * if this person may, or taken from what was copied along. Where the picture changes its name on the way, the elements
   * follow. Elements whose picture cannot be had show their placeholder.
   */
  async adopt(elements: readonly Element[], origin: PictureOrigin): Promise<void> {
    const shown = elements.filter(({ asset }) => typeof asset === 'string')
    if (shown.length > 0) await this.#enter(1, (workshop) => workshop.adopt(shown, origin))
  }

  /** The stored form of a picture of this board, for exports and copies; null when it cannot be had now. */
  read(asset: AssetId): Promise<Blob | null> {
    return this.#load(asset).catch(() => null)
  }

  dispose(): void {
    this.#disposed = true
    this.#workshop?.dispose()
    this.pictures.dispose()
  }

  async #load(asset: AssetId): Promise<Blob | null> {
    await this.#opening?.catch(() => null)
    return this.#workshop?.picture(asset) ?? this.#options.transport.load(asset)
  }

  /** Null as well when the workshop cannot be fetched. */
  async #enter<Result>(count: number, work: (workshop: Workshop) => Promise<Result>): Promise<Result | null> {
    this.#entering += count
    this.#listeners.tell()
    try {
      const workshop = await this.#open().catch(() => null)
      return workshop && (await work(workshop))
    } finally {
      this.#entering -= count
      this.#listeners.tell()
    }
  }

  #open(): Promise<Workshop> {
    this.#opening ??= this.#openWorkshop().catch((error: unknown) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  async #openWorkshop(): Promise<Workshop> {
    const { Workshop: Opened } = await import('./workshop.ts')
    const workshop = await Opened.open({
      ...this.#options,
      core: this.#core,
      onChange: (changed) => this.#changed(changed),
      onStored: (asset) => this.pictures.retry([asset]),
    })
    this.#workshop = workshop
    if (this.#disposed) workshop.dispose()
    this.#changed(workshop)
    return workshop
  }

  #changed(workshop: Workshop): void {
    if (this.#disposed) return
    void this.#keepMark(workshop)
    this.#core.setUploads(workshop.progress)
    this.#listeners.tell()
  }

  /** Another tab of this board may still have something to send. */
  async #keepMark(workshop: Workshop): Promise<void> {
    if (workshop.pending > 0) this.#mark.set(true)
    else if (this.#mark.isSet && (await workshop.left()) === 0) this.#mark.set(workshop.pending > 0)
  }
}

/** What others may do with the pictures of a board. */
export type EditorImages = Pick<
  BoardImages,
  'pending' | 'subscribe' | 'whenSent' | 'wake' | 'pick' | 'add' | 'bring' | 'adopt' | 'read'
>
