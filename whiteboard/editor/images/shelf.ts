import type { AssetId } from '../../model/surface.ts'
import type { FindPicture } from '../../render/canvas-surface.ts'
import type { PicturesToPaint } from '../../render/contract.ts'
import type { PictureSource, Pictures } from '../../render/pictures.ts'

/** The pictures as the canvas asks for them; what fetches and decodes them is itself fetched with the first one asked for. */
export class PictureShelf implements PicturesToPaint {
  readonly #source: PictureSource
  readonly #listeners = new Set<(assets: ReadonlySet<AssetId>) => void>()
  /** Asked for before anything could be fetched. */
  readonly #asked = new Set<AssetId>()
  #pictures: Pictures | null = null
  #opening = false
  #disposed = false

  constructor(source: PictureSource) {
    this.#source = source
  }

  readonly find: FindPicture = (asset, ratio) => {
    if (this.#pictures) return this.#pictures.find(asset, ratio)
    this.#asked.add(asset)
    this.#open()
    return null
  }

  get busy(): boolean {
    return this.#opening || this.#pictures?.busy === true
  }

  subscribe(listener: (assets: ReadonlySet<AssetId>) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks at once for what is waited for: all of it, or these. */
  retry(assets?: Iterable<AssetId>): void {
    if (this.#pictures) this.#pictures.retry(assets)
    else if (this.#asked.size > 0) this.#open()
  }

  dispose(): void {
    this.#disposed = true
    this.#listeners.clear()
    this.#pictures?.dispose()
  }

  #open(): void {
    if (this.#opening || this.#disposed) return
    this.#opening = true
    import('./open-shelf.ts').then(
      ({ openPictures }) => this.#opened(openPictures(this.#source)),
      () => {
        this.#opening = false
        this.#tell(new Set())
      },
    )
  }

  #opened(pictures: Pictures): void {
    this.#opening = false
    if (this.#disposed) {
      pictures.dispose()
      return
    }
    this.#pictures = pictures
    pictures.subscribe((assets) => this.#tell(assets))
    // What was asked for before is drawn again, and so asked for again.
    this.#tell(new Set(this.#asked))
    this.#asked.clear()
  }

  #tell(assets: ReadonlySet<AssetId>): void {
    for (const listener of [...this.#listeners]) listener(assets)
  }
}
