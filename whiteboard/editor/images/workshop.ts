import type { WorldPoint } from '../../geometry/types.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { AssetId } from '../../model/surface.ts'
import type { EditorCore } from '../core.ts'
import { placePictures, prepareAll } from './bring.ts'
import type { BroughtPicture, ImagesOptions, PictureOrigin } from './images.ts'
import { prepareImage } from './prepare.ts'
import { createUploadDatabase } from './upload-database.ts'
import { Uploads } from './uploads.ts'

export interface WorkshopOptions extends ImagesOptions {
  readonly core: EditorCore
  /** Told whenever something about the uploads is different. */
  readonly onChange: (workshop: Workshop) => void
  /** Told when the server has a picture. */
  readonly onStored: (asset: AssetId) => void
}

/** What `BoardImages` does once there is something to do: fetched with the first picture that somebody brings. */
export class Workshop {
  readonly #core: EditorCore
  readonly #options: WorkshopOptions
  readonly #uploads: Uploads
  #disposed = false

  private constructor(options: WorkshopOptions) {
    const { core, transport, personId } = options
    this.#core = core
    this.#options = options
    this.#uploads = new Uploads({
      transport,
      database: typeof indexedDB === 'undefined' ? null : createUploadDatabase(personId, transport.boardId),
      onChange: () => this.#changed(),
      onStored: (asset, stored) => {
        if (asset !== stored) this.#rename(this.#usersOf(asset), { asset: stored })
        options.onStored(stored)
      },
      onRefused: (asset, message) => this.#refused(asset, message),
    })
  }

  /** With what earlier pages left to be sent. */
  static async open(options: WorkshopOptions): Promise<Workshop> {
    const workshop = new Workshop(options)
    await workshop.#uploads.restore()
    return workshop
  }

  get pending(): number {
    return this.#uploads.pending
  }

  get progress(): ReadonlyMap<AssetId, number> {
    return this.#uploads.progress
  }

  /** How many pictures wait on this device, those of other tabs included. */
  left(): Promise<number> {
    return this.#uploads.left()
  }

  picture(asset: AssetId): Blob | null {
    return this.#uploads.picture(asset)
  }

  wake(): void {
    this.#uploads.wake()
  }

  async add(files: readonly File[], at: WorldPoint | null): Promise<void> {
    const { pictures, refused } = await prepareAll(files)
    for (const { asset, picture } of pictures) await this.#uploads.add(asset, picture)
    if (this.#disposed) return
    placePictures(this.#core, pictures, at)
    if (refused.length > 0) this.#options.say(refused.join(' '))
  }

  async bring(file: Blob): Promise<BroughtPicture | null> {
    const preparation = await prepareImage(file)
    if (!preparation.ok) return null
    const { asset, picture, natural } = preparation.prepared
    await this.#uploads.add(asset, picture)
    return { asset, natural }
  }

  async adopt(elements: readonly Element[], origin: PictureOrigin): Promise<void> {
    const users = new Map<AssetId, ElementId[]>()
    for (const { id, asset } of elements) {
      if (typeof asset === 'string') {
        users.set(asset as AssetId, [...(users.get(asset as AssetId) ?? []), id])
      }
    }
    for (const [asset, ids] of users) await this.#adoptOne(asset, ids, origin)
  }

  dispose(): void {
    this.#disposed = true
    this.#uploads.dispose()
  }

  async #adoptOne(asset: AssetId, users: readonly ElementId[], origin: PictureOrigin): Promise<void> {
    const { transport } = this.#options
    if (origin.boardId === transport.boardId || this.picture(asset)) return
    if (await transport.load(asset).catch(() => null)) return
    const found = await this.#find(asset, origin)
    const brought = found && (await this.bring(found))
    if (brought && brought.asset !== asset) this.#rename(users, brought)
    if (brought) this.#options.onStored(brought.asset)
  }

  /** On the board that it comes from, or else among what was copied along. */
  async #find(asset: AssetId, { boardId, files }: PictureOrigin): Promise<Blob | null> {
    const there = boardId && (await this.#options.transport.load(asset, boardId).catch(() => null))
    if (there) return there
    const address = files?.[asset]
    if (!address?.startsWith('data:image/')) return null
    return fetch(address).then(
      (answer) => answer.blob(),
      () => null,
    )
  }

  #changed(): void {
    if (!this.#disposed) this.#options.onChange(this)
  }

  #usersOf(asset: AssetId): ElementId[] {
    return this.#core.board.ordered.filter((element) => element.asset === asset).map(({ id }) => id)
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
