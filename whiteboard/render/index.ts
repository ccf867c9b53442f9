import type { Box, Size } from '../geometry/types.ts'
import type { BoardStore } from '../model/board.ts'
import type { ChangeSet } from '../model/changes.ts'
import type { ElementId } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import { firstFonts } from '../model/text/fonts.ts'
import { forgetLayouts } from '../model/text/text-layout.ts'
import { BaseLayer, REST } from './base-layer.ts'
import { createCanvasMeasurer } from './canvas-measurer.ts'
import type { CreateRenderer, PicturesToPaint, Renderer, RendererOptions, Scene } from './contract.ts'
import { CursorMotion } from './cursor-motion.ts'
import { type Drafted, draftedElements, NOTHING_DRAFTED, sameDrafts } from './drafted.ts'
import { isAwaited, writtenAnew } from './font-arrivals.ts'
import { FrameLoop } from './frame-loop.ts'
import { LateCarets } from './late-carets.ts'
import { LateMarks } from './late-marks.ts'
import { LateShifting, shifting } from './late-shifting.ts'
import { LateTrails } from './late-trails.ts'
import { LiveLayer } from './live-layer.ts'
import { paintOverlay } from './overlay.ts'
import { isOverlayEmpty } from './overlay-empty.ts'
import { EMPTY_SCENE, isAtWork } from './scene.ts'
import { reveal, Stage } from './stage.ts'
import type { TileSource } from './tile-raster.ts'
import { type Viewport, viewportOf } from './viewport.ts'

class BoardRenderer implements Renderer {
  readonly measure = createCanvasMeasurer()
  readonly #board: BoardStore
  readonly #kinds: KindRegistry
  readonly #stage: Stage
  readonly #loop: FrameLoop
  readonly #base = new BaseLayer(EMPTY_SCENE.theme)
  readonly #live = new LiveLayer()
  readonly #motion = new CursorMotion()
  readonly #carets = new LateCarets(() => this.#overlayChanged())
  readonly #marks = new LateMarks(() => this.#refresh())
  readonly #shifting = new LateShifting(() => this.#shiftingCame())
  readonly #trails = new LateTrails(() => this.#loop.request())
  readonly #resizeListeners = new Set<(size: Size) => void>()
  readonly #pictures: PicturesToPaint | null
  readonly #unsubscribe: () => void
  #waiting: (() => void)[] = []
  #waitingForFirst: (() => void)[] = []
  #scene = EMPTY_SCENE
  #drafted: Drafted = NOTHING_DRAFTED
  #stale = { base: true, live: true, overlay: true }
  #fontsReady = false
  /** Frames in a row in which nothing was left to do. */
  #completeFrames = 0
  #framedAt = 0
  #restTimer: ReturnType<typeof setTimeout> | undefined
  /** Whether something faded in the frame before. */
  #faded = false
  #overlayEmpty = false
  #disposed = false

  constructor({ host, board, kinds, pictures = null }: RendererOptions) {
    this.#board = board
    this.#pictures = pictures
    this.#kinds = kinds
    this.#loop = new FrameLoop((now) => this.#frame(now))
    this.#stage = new Stage(host, () => this.#resized())
    const endings = [
      board.subscribe((changes) => this.#changed(changes)),
      pictures?.subscribe((assets) => this.#picturesCame(assets)),
    ]
    this.#unsubscribe = () => {
      for (const end of endings) end?.()
    }
    document.fonts.addEventListener('loadingdone', this.#onFonts)
    document.addEventListener('visibilitychange', this.#onVisibility)
    void this.#loadFonts()
    if (board.size > 0) this.#base.begin(performance.now())
    this.#refresh()
  }

  get size(): Size {
    return this.#stage.size
  }

  setScene(scene: Scene): void {
    const before = this.#scene
    if (scene === before) return
    this.#scene = scene
    this.#trails.note(scene.hints?.trail, scene.ownColor, performance.now())
    if (isAtWork(scene, before)) this.#base.worked(performance.now())
    if (scene.peers !== before.peers) this.#carets.update(scene.peers)
    if (!sameDrafts(scene, before)) this.#redraft()
    if (scene.camera !== before.camera || scene.theme !== before.theme) this.#refresh()
    this.#overlayChanged()
  }

  prepare(): void {
    void shifting.prepare()
  }

  whenPainted(): Promise<void> {
    if (this.#disposed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#loop.request()
    })
  }

  whenShown(): Promise<void> {
    if (this.#disposed || !this.#base.isBeginning) return Promise.resolve()
    return new Promise((resolve) => this.#waitingForFirst.push(resolve))
  }

  onResize(listener: (size: Size) => void): () => void {
    this.#resizeListeners.add(listener)
    return () => this.#resizeListeners.delete(listener)
  }

  dispose(): void {
    this.#disposed = true
    this.#unsubscribe()
    clearTimeout(this.#restTimer)
    this.#carets.dispose()
    document.fonts.removeEventListener('loadingdone', this.#onFonts)
    document.removeEventListener('visibilitychange', this.#onVisibility)
    this.#loop.dispose()
    this.#base.clear()
    this.#stage.dispose()
    this.#settle()
    this.#settleFirst()
  }

  #refresh(): void {
    this.#completeFrames = 0
    this.#stale = { base: true, live: true, overlay: true }
    this.#loop.request()
  }

  #overlayChanged(): void {
    this.#stale.overlay = true
    this.#loop.request()
  }

  #resized(): void {
    // The stage measures itself while it is being made, before there is anything to draw.
    if (this.#stage === undefined) return
    this.#base.blanked()
    this.#refresh()
    // A canvas that has just become blank must not be shown so until the next frame.
    this.#frame(performance.now())
    for (const listener of this.#resizeListeners) listener(this.#stage.size)
  }

  #awaitRest(): void {
    clearTimeout(this.#restTimer)
    this.#restTimer = setTimeout(() => this.#loop.request(), REST + 5)
  }

  async #loadFonts(): Promise<void> {
    const wanted = firstFonts.map((name) => document.fonts.load(`16px ${name}`))
    await Promise.allSettled(wanted)
    this.#fontsReady = true
    this.#onFonts(new Event('loadingdone'))
  }

  readonly #onFonts = (event: Event): void => {
    if (this.#disposed) return
    this.measure.forget()
    forgetLayouts(this.measure)
    const written = writtenAnew(event, this.#board.ordered)
    if (written === 'all') this.#base.invalidateAll()
    else this.#base.invalidate(this.#boxesOf(written.map(({ id }) => id)))
    this.#refresh()
  }

  /** A tab in the background needs no tiles; what its canvas shows is there at once when it comes back. */
  readonly #onVisibility = (): void => {
    if (document.hidden) this.#base.shrink()
    else this.#refresh()
  }

  #changed(changes: ChangeSet): void {
    if (changes.settings) this.#refresh()
    const before = this.#drafted.hidden
    if (before.size > 0 || this.#drafted.shift || this.#scene.peers.length > 0) this.#redraft()
    const { added, updated, removed, left, origin } = changes
    const isFirst = added.size > 0 && added.size === this.#board.size
    if (isFirst && (origin === 'load' || origin === 'remote')) this.#base.begin(performance.now())
    this.#base.invalidate([...left.values(), ...this.#boxesOf(added), ...this.#boxesOf(updated)])
    if (removed.size + updated.size + added.size > 0) this.#base.touched(performance.now())
    this.#stale.live = true
    this.#stale.overlay = true
    this.#loop.request()
  }

  /** What shows these pictures is drawn anew, wherever it is. */
  #picturesCame(assets: ReadonlySet<unknown>): void {
    if (assets.size > 0) {
      const showing = this.#board.ordered.filter(({ asset }) => assets.has(asset))
      this.#base.invalidate(this.#boxesOf(showing.map(({ id }) => id)))
      this.#stale.live = true
    }
    this.#loop.request()
  }

  #shiftingCame(): void {
    if (this.#disposed) return
    this.#redraft()
    this.#loop.request()
  }

  /** Works out anew what is live, and has the tiles take it over or leave it out. */
  #redraft(): void {
    const { hidden: before, shift } = this.#drafted
    this.#shifting.wantFor([this.#scene.draft, ...this.#scene.peers.map(({ draft }) => draft)])
    this.#drafted = draftedElements(this.#scene, this.#board, this.#kinds)
    this.#base.setDrafted(this.#drafted, this.#board)
    const after = this.#drafted.hidden
    if (before !== after) {
      const other = [
        ...[...before].filter((id) => !after.has(id)),
        ...[...after].filter((id) => !before.has(id)),
      ]
      this.#base.invalidate(this.#boxesOf(other))
    }
    if (this.#drafted.shift || shift) this.#stale.base = true
    this.#stale.live = true
    this.#stale.overlay = true
  }

  #boxesOf(ids: Iterable<ElementId>): Box[] {
    const boxes: Box[] = []
    for (const id of ids) {
      const box = this.#board.boxOf(id)
      if (box) boxes.push(box)
    }
    return boxes
  }

  #source(): TileSource {
    return {
      kinds: this.#kinds,
      measure: this.measure,
      theme: this.#scene.theme,
      pictures: this.#pictures?.find,
      hidden: this.#drafted.hidden,
      ordered: this.#board.ordered,
      boxOf: (id) => this.#board.boxOf(id),
      // A picture of the whole board is for when it is there.
      bounds: () => (this.#board.loading ? null : this.#board.bounds()),
      query: (box) => this.#board.query(box),
    }
  }

  /** Whether what is under way is in its order already. While somebody types it is left: tiles would show the text twice. */
  get #inOrder(): boolean {
    return this.#live.isInOrder || this.#scene.editing !== null
  }

  #frame(now: number): void {
    const [width, height] = this.#stage.size
    if (width === 0 || height === 0) {
      this.#settle()
      this.#settleFirst()
      return
    }
    // What a tab in the background would draw is drawn when somebody looks again.
    if (document.hidden && this.#waiting.length === 0) return
    const scene = this.#scene
    const view = viewportOf(scene.camera, this.#stage.size, this.#stage.ratio)
    const elapsed = Math.min(100, now - this.#framedAt)
    this.#framedAt = now
    const progress = this.#base.work(view, scene.camera, this.#source(), elapsed, this.#inOrder)
    const resting = this.#base.isResting(performance.now())
    if (progress.changed) this.#stale.base = true
    const moving = this.#motion.advance(scene.peers, elapsed, scene.camera.zoom)
    const fading = this.#trails.advance(scene.peers, this.#motion, scene.camera.zoom, now)
    if (moving || fading || this.#faded !== fading) this.#stale.overlay = true
    this.#faded = fading
    this.#paint(view, now)
    if (!this.#base.isBeginning) this.#settleFirst()
    if (progress.more || moving || fading) this.#loop.request()
    if (!resting) this.#awaitRest()
    this.#settleIfDone(progress.complete && (this.#inOrder || this.#base.isSettled), resting)
  }

  #paint(view: Viewport, now: number): void {
    const { base, live } = this.#stage
    const scene = this.#scene
    const isBaseStale = this.#stale.base && !this.#base.paint(base, view, scene.camera, this.#board.settings)
    const shared = { board: this.#board, kinds: this.#kinds, drafted: this.#drafted }
    if (this.#stale.live) {
      const { theme, editing } = scene
      const pictures = this.#pictures?.find
      this.#live.paint(live, view, { ...shared, measure: this.measure, theme, editing, pictures })
      if (!this.#inOrder) this.#loop.request()
    }
    reveal(live, !this.#live.isEmpty && !this.#base.isSettled)
    if (this.#stale.overlay) this.#paintOverlay(view, now)
    this.#stale = { base: isBaseStale, live: false, overlay: false }
  }

  /** An overlay that was empty and stays so is not touched: a canvas costs as much as it is large. */
  #paintOverlay(view: Viewport, now: number): void {
    const { overlay } = this.#stage
    const source = {
      board: this.#board,
      kinds: this.#kinds,
      drafted: this.#drafted,
      scene: this.#scene,
      motion: this.#motion,
      carets: this.#carets.painter,
      marks: this.#marks.for(this.#board),
      measure: this.measure,
    }
    const isEmpty = isOverlayEmpty(source) && !this.#faded
    if (isEmpty && this.#overlayEmpty) return
    this.#overlayEmpty = isEmpty
    paintOverlay(overlay, view, source)
    this.#trails.paint(overlay, view, now)
    reveal(overlay, !isEmpty)
  }

  /** Waits one frame more than seems needed: drawing a new script's letters is what makes its font load. */
  #settleIfDone(complete: boolean, resting: boolean): void {
    const isLoading = this.#marks.busy || this.#shifting.busy
    const isWaiting = this.#awaitsFonts() || this.#pictures?.busy === true || isLoading
    const done = complete && this.#fontsReady && !isWaiting && !this.#board.loading
    this.#completeFrames = done ? this.#completeFrames + 1 : 0
    if (this.#waiting.length === 0) return
    if (this.#completeFrames >= 2) this.#settle()
    else if (resting) this.#loop.request()
  }

  #awaitsFonts(): boolean {
    const { fonts } = document
    return (
      fonts.status === 'loading' && (this.#scene.editing !== null || isAwaited(fonts, this.#board.ordered))
    )
  }

  #settleFirst(): void {
    for (const resolve of this.#waitingForFirst.splice(0)) resolve()
  }

  #settle(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

export const createRenderer: CreateRenderer = (options) => new BoardRenderer(options)
