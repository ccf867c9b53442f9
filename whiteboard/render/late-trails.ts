import type { LaserTrails } from './laser-trails.ts'

/** The trails of lasers and erasers, whose code is fetched with the first of them. Until then nothing is drawn. */
export class LateTrails implements Pick<LaserTrails, 'note' | 'advance' | 'paint'> {
  readonly #onLoaded: () => void
  #trails: LaserTrails | null = null
  #loading = false

  constructor(onLoaded: () => void) {
    this.#onLoaded = onLoaded
  }

  note(...[trail, color, now]: Parameters<LaserTrails['note']>): void {
    if (trail) this.#load()
    this.#trails?.note(trail, color, now)
  }

  advance(...[peers, motion, zoom, now]: Parameters<LaserTrails['advance']>): boolean {
    if (peers.some(({ laser }) => laser)) this.#load()
    return this.#trails?.advance(peers, motion, zoom, now) ?? false
  }

  paint(...[context, view, now]: Parameters<LaserTrails['paint']>): void {
    this.#trails?.paint(context, view, now)
  }

  #load(): void {
    if (this.#trails || this.#loading) return
    this.#loading = true
    import('./laser-trails.ts').then(
      ({ LaserTrails }) => {
        this.#trails = new LaserTrails()
        this.#onLoaded()
      },
      () => {
        this.#loading = false
      },
    )
  }
}
