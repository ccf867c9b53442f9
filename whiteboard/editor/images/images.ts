import type { WorldPoint } from '../../geometry/types.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { Peer } from '../../model/presence.ts'
import type { AssetId } from '../../model/surface.ts'
import { Pictures } from '../../render/pictures.ts'
import type { EditorCore } from '../core.ts'
import { Listeners } from '../listeners.ts'
import type { AssetTransport } from './transport.ts'
import type { Uploads } from './uploads.ts'

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
class WaitingMark {
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
 * The pictures of a board: shows them, takes them in, and sees them to the server. What takes them in is fetched with the
 * first one.
 */
export class BoardImages {
  readonly pictures: Pictures
  readonly #core: EditorCore
  readonly #options: ImagesOptions
  readonly #mark: WaitingMark
  readonly #listeners = new Listeners()
  #uploads: Uploads | null = null
  #opening: Promise<Uploads> | null = null
  /** Pictures that are being made ready, which nobody has counted yet. */
  #preparing = 0
  #disposed = false

  constructor(core: EditorCore, options: ImagesOptions) {
    this.#core = core
    this.#options = options
    this.#mark = new WaitingMark(options.personId, options.transport.boardId)
    this.pictures = new Pictures({ source: { load: (asset) => this.#load(asset) } })
    if (this.#mark.isSet) this.#open().catch(() => undefined)
  }

  /** The board that the pictures are on. */
  get boardId(): string {
    return this.#options.transport.boardId
  }

  /** Pictures that are not known to be on the server. */
  get pending(): number {
    const unread = this.#uploads === null && this.#mark.isSet ? 1 : 0
    return (this.#uploads?.pending ?? unread) + this.#preparing
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
    this.#uploads?.wake()
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
    await this.#counted(files.length, async () => {
      const bringing = await import('./bring.ts').catch(() => null)
      if (!bringing) return this.#options.say(UNREACHABLE)
      const { prepareAll, placePictures } = bringing
      const { pictures, refused } = await prepareAll(files)
      for (const { asset, picture } of pictures) await this.#send(asset, picture)
      if (this.#disposed) return
      placePictures(this.#core, pictures, at)
      if (refused.length > 0) this.#options.say(refused.join(' '))
    })
  }

  /** Makes a file ready and sends it, for those who make the element themselves. Null when it is no picture. */
  async bring(file: Blob): Promise<BroughtPicture | null> {
    return this.#counted(1, async () => {
      const preparing = await import('./prepare.ts').catch(() => null)
      const preparation = await preparing?.prepareImage(file)
      if (!preparation?.ok) return null
      const { asset, picture, natural } = preparation.prepared
      await this.#send(asset, picture)
      return { asset, natural }
    })
  }

  /**
   * Sees to it that pictures of elements which come from elsewhere are on this board too: fetched from where they were,
   * if this person may, or taken from what was copied along. Where the picture changes its name on the way, the elements
   * follow. Elements whose picture cannot be had show their placeholder.
   */
  async adopt(elements: readonly Element[], origin: PictureOrigin): Promise<void> {
    const ids = new Map<AssetId, ElementId[]>()
    for (const { id, asset } of elements) {
      if (typeof asset === 'string') ids.set(asset as AssetId, [...(ids.get(asset as AssetId) ?? []), id])
    }
    for (const [asset, users] of ids) await this.#counted(1, () => this.#adoptOne(asset, users, origin))
    this.pictures.retry(ids.keys())
  }

  /** The stored form of a picture of this board, for exports and copies; null when it cannot be had now. */
  read(asset: AssetId): Promise<Blob | null> {
    return this.#load(asset).catch(() => null)
  }

  dispose(): void {
    this.#disposed = true
    this.#uploads?.dispose()
    this.pictures.dispose()
  }

  async #load(asset: AssetId): Promise<Blob | null> {
    await this.#opening?.catch(() => null)
    return this.#uploads?.picture(asset) ?? this.#options.transport.load(asset)
  }

  async #adoptOne(asset: AssetId, users: readonly ElementId[], origin: PictureOrigin): Promise<void> {
    const { transport } = this.#options
    if (origin.boardId === transport.boardId || this.#uploads?.picture(asset)) return
    if (await transport.load(asset).catch(() => null)) return
    const address = origin.files?.[asset]
    const found =
      (origin.boardId && (await transport.load(asset, origin.boardId).catch(() => null))) ||
      (address?.startsWith('data:image/') &&
        (await fetch(address)
          .then((answer) => answer.blob())
          .catch(() => null)))
    if (!found) return
    const brought = await this.bring(found)
    if (brought && brought.asset !== asset) this.#rename(users, brought)
  }

  async #counted<Result>(count: number, work: () => Promise<Result>): Promise<Result> {
    this.#preparing += count
    this.#listeners.tell()
    try {
      return await work()
    } finally {
      this.#preparing -= count
      this.#listeners.tell()
    }
  }

  async #send(asset: AssetId, picture: Blob): Promise<void> {
    const uploads = await this.#open()
    await uploads.add(asset, picture)
  }

  #open(): Promise<Uploads> {
    this.#opening ??= this.#openUploads().catch((error: unknown) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  async #openUploads(): Promise<Uploads> {
    const [{ Uploads: Queue }, { createUploadDatabase }] = await Promise.all([
      import('./uploads.ts'),
      import('./upload-database.ts'),
    ])
    const { transport, personId } = this.#options
    const uploads: Uploads = new Queue({
      transport,
      database: typeof indexedDB === 'undefined' ? null : createUploadDatabase(personId, transport.boardId),
      onChange: () => this.#uploadsChanged(uploads),
      onStored: (asset, stored) => {
        if (asset !== stored) this.#renameAll(asset, stored)
        this.pictures.retry([stored])
      },
      onRefused: (asset, message) => this.#refused(asset, message),
    })
    await uploads.restore()
    this.#uploads = uploads
    if (this.#disposed) uploads.dispose()
    this.#uploadsChanged(uploads)
    return uploads
  }

  #uploadsChanged(uploads: Uploads): void {
    if (this.#disposed) return
    void this.#keepMark(uploads)
    this.#core.setUploads(uploads.progress)
    this.#listeners.tell()
  }

  /** Another tab of this board may still have something to send. */
  async #keepMark(uploads: Uploads): Promise<void> {
    if (uploads.pending > 0) this.#mark.set(true)
    else if (this.#mark.isSet && (await uploads.left()) === 0) this.#mark.set(uploads.pending > 0)
  }

  #usersOf(asset: AssetId): ElementId[] {
    return this.#core.board.ordered.filter((element) => element.asset === asset).map(({ id }) => id)
  }

  #renameAll(asset: AssetId, stored: AssetId): void {
    this.#rename(this.#usersOf(asset), { asset: stored })
  }

  #rename(ids: readonly ElementId[], fields: Partial<BroughtPicture>): void {
    if (!this.#core.canEdit) return
    this.#core.transact((edit) => {
      for (const id of ids) if (this.#core.board.get(id)) edit.update(id, fields)
    })
  }

  /** What only this person can see is taken off the board, and they are told why. */
  #refused(asset: AssetId, message: string): void {
    if (this.#disposed) return
    const ids = this.#usersOf(asset)
    if (this.#core.canEdit && ids.length > 0) {
      this.#core.transact((edit) => {
        for (const id of ids) edit.remove(id)
      })
    }
    this.#options.say(message)
  }
}

/** What others may do with the pictures of a board. */
export type EditorImages = Pick<
  BoardImages,
  'pending' | 'subscribe' | 'whenSent' | 'wake' | 'pick' | 'add' | 'bring' | 'adopt' | 'read'
>
