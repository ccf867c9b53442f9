import { browserFrames, type RequestFrame } from './editor/camera-control.ts'
import { canRun, runCommand } from './editor/commands/index.ts'
import { EditorCore } from './editor/core.ts'
import { createElements, updateElements } from './editor/elements.ts'
import { createFiles } from './editor/files/files.ts'
import type { EditorFiles } from './editor/files/types.ts'
import { findOnBoard, showFound } from './editor/find.ts'
import { BoardImages, type ImagesOptions } from './editor/images/images.ts'
import { pressKey } from './editor/keyboard.ts'
import { mountEditor } from './editor/mount.ts'
import type { NumberFields } from './editor/numbers.ts'
import type { Past } from './editor/past.ts'
import { present } from './editor/presentation.ts'
import { showBox } from './editor/showing.ts'
import { sceneOf } from './editor/shown.ts'
import { applyStyle, colorAt, previewStyle } from './editor/styling.ts'
import { whenFontIsHere } from './editor/typing/font-arrival.ts'
import type { Editor, EditorState, Notice } from './editor-types.ts'
import { containsPoint } from './geometry/box.ts'
import { type Camera, clampZoom, toWorld } from './geometry/camera.ts'
import { boundsOf } from './geometry/transform.ts'
import type { Box, ScreenPoint } from './geometry/types.ts'
import type { BoardStore } from './model/board.ts'
import { captionedAt } from './model/caption.ts'
import type { Color, Element, ElementId, FontFamily, Patch, Style, StyleKey } from './model/element.ts'
import type { KindRegistry } from './model/kind.ts'
import type { Theme } from './model/palette.ts'
import { elementsOf } from './model/picked.ts'
import { presentationOrder } from './model/plans/presentation.ts'
import type { LocalPresence, Peer } from './model/presence.ts'
import type { BoardSettings } from './model/settings.ts'
import type { TextMeasurer } from './model/surface.ts'
import type { CreateRenderer, Scene } from './render/contract.ts'
import type { Command } from './tools/commands.ts'
import type { ToolId } from './tools/contract.ts'
import type { InputRouter } from './tools/input.ts'
import { readingOrder, unitOf } from './tools/selection.ts'
import type { KeyInput } from './tools/shortcuts.ts'

export interface EditorOptions {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  /** Measures text until the editor is mounted; from then on its canvas does. */
  readonly measure: TextMeasurer
  /** Draws the board once the editor is mounted. */
  readonly createRenderer: CreateRenderer
  /** Frames for smooth camera movements; null lets the camera jump. The browser's by default. */
  readonly requestFrame?: RequestFrame | null
  /** The way of pictures to and from the server; without it none can be added, and none are shown. */
  readonly images?: ImagesOptions
}

/** The editor with its input side, for tests that make up pointers and keys. */
export interface DrivenEditor extends Editor {
  readonly input: InputRouter
  /** As if the key was pressed while the board has the focus; true when it meant something. */
  pressKey(key: KeyInput): boolean
  /** What the canvas would show beside the board. */
  readonly scene: Scene
  /** The text input's side of typing, as long as something is typed into. */
  write(value: string): void
}

/** CSS pixels round an element that a context menu still takes for it. */
const CONTEXT_TOLERANCE = 6

const prefersReducedMotion = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** Puts the engine together: document, tools, camera, canvas and input. Needs no DOM until it is mounted. */
export const createEditor = (options: EditorOptions): DrivenEditor => new BoardEditor(options)

class BoardEditor implements DrivenEditor {
  readonly #core: EditorCore
  readonly #options: EditorOptions
  readonly #files: EditorFiles
  #unmount: (() => void) | null = null

  constructor(options: EditorOptions) {
    this.#options = options
    this.#core = new EditorCore({
      board: options.board,
      kinds: options.kinds,
      measure: options.measure,
      requestFrame: options.requestFrame === undefined ? browserFrames() : options.requestFrame,
      reducedMotion: prefersReducedMotion,
    })
    this.#files = createFiles(this.#core)
    if (options.images) this.#core.images = new BoardImages(this.#core, options.images)
  }

  get board(): BoardStore {
    return this.#core.board
  }

  get files(): EditorFiles {
    return this.#files
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    const tell = (text: string, failed = false): void => listener({ text, failed })
    this.#core.tell = tell
    return () => {
      if (this.#core.tell === tell) this.#core.tell = () => undefined
    }
  }

  get images(): BoardImages | null {
    return this.#core.images
  }

  get state(): EditorState {
    return this.#core.state
  }

  get input(): InputRouter {
    return this.#core.input
  }

  get following(): number | null {
    return this.#core.camera.following
  }

  get path(): string {
    return this.#core.typing ? `${this.#core.machine.tool}/typing` : this.#core.machine.path
  }

  subscribe(listener: () => void): () => void {
    return this.#core.subscribe(listener)
  }

  mount(host: HTMLElement): () => void {
    this.#unmount?.()
    const end = mountEditor(this.#core, host, this.#options.createRenderer)
    this.#unmount = () => {
      this.#unmount = null
      end()
    }
    return this.#unmount
  }

  setTool(tool: ToolId): void {
    this.#core.setTool(tool)
  }

  run(command: Command): void {
    runCommand(this.#core, command)
  }

  can(command: Command): boolean {
    return canRun(this.#core, command)
  }

  setStyle<Key extends StyleKey>(key: Key, value: Style[Key]): void {
    const core = this.#core
    if (key !== 'fontFamily') {
      applyStyle(core, key, value)
      return
    }
    const { selection } = core
    whenFontIsHere(value as FontFamily, core.editable(), () => {
      if (core.selection === selection) applyStyle(core, key, value)
    })
  }

  previewStyle<Key extends StyleKey>(key: Key, value: Style[Key] | null): void {
    previewStyle(this.#core, key, value)
  }

  setSnapping(snapping: boolean): void {
    if (snapping === this.#core.snapping) return
    this.#core.snapping = snapping
    this.#core.stateChanged()
  }

  chosenStyles(): Readonly<Record<string, unknown>> {
    return this.#core.styleMemory.choices
  }

  recallStyles(kept: unknown): void {
    this.#core.styleMemory.recall(kept)
    this.#core.stateChanged()
  }

  colorAt(point: ScreenPoint): Color | null {
    return colorAt(this.#core, toWorld(this.#core.camera.camera, point))
  }

  setTheme(theme: Theme): void {
    this.#core.setTheme(theme)
  }

  setPerson(name: string): void {
    this.#core.person = name
  }

  configure(settings: Partial<BoardSettings>): void {
    this.#core.transact((edit) => edit.configure(settings))
  }

  present(frame: ElementId | null): void {
    present(this.#core, frame)
  }

  presentedFrames(): readonly Element[] {
    return presentationOrder(this.#core.board.frames)
  }

  onLink(listener: (address: string) => void): () => void {
    return this.#core.onLink(listener)
  }

  setCanEdit(canEdit: boolean): void {
    this.#core.setCanEdit(canEdit)
  }

  setCamera(camera: Camera, { animate = false } = {}): void {
    const next = { ...camera, zoom: clampZoom(camera.zoom) }
    if (animate) this.#core.camera.animateTo(next)
    else this.#core.camera.setCamera(next)
  }

  zoomToFit({ animate = true } = {}): void {
    showBox(this.#core, this.#core.board.bounds(), { animate })
  }

  zoomTo(box: Box): void {
    showBox(this.#core, box)
  }

  select(ids: Iterable<ElementId>): void {
    this.#core.select(ids)
  }

  selectedElements(): readonly Element[] {
    return elementsOf(this.#core.board, this.#core.selection)
  }

  create(elements: readonly Partial<Element>[]): ElementId[] {
    return createElements(this.#core, elements)
  }

  update(patches: readonly ({ id: ElementId } & Patch)[]): void {
    updateElements(this.#core, patches)
  }

  remove(ids: Iterable<ElementId>): void {
    this.#core.transact((edit) => {
      for (const id of ids) edit.remove(id)
    })
  }

  setPeers(peers: readonly Peer[]): void {
    this.#core.setPeers(peers)
  }

  setOwnColor(color: string): void {
    this.#core.ownColor = color
  }

  onPresence(listener: (presence: LocalPresence) => void): () => void {
    return this.#core.onPresence(listener)
  }

  follow(clientId: number | null): void {
    this.#core.camera.follow(clientId)
    this.#core.camera.setPeers(this.#core.peers)
  }

  whenPainted(): Promise<void> {
    return this.#core.renderer?.whenPainted() ?? Promise.resolve()
  }

  whenShown(): Promise<void> {
    return this.#core.renderer?.whenShown() ?? Promise.resolve()
  }

  find(query: string): readonly ElementId[] {
    return findOnBoard(this.#core, query)
  }

  showFound(id: ElementId): void {
    showFound(this.#core, id)
  }

  readingOrder(): readonly ElementId[] {
    return readingOrder(this.#core.board.ordered).map(({ id }) => id)
  }

  async showMinimap(canvas: HTMLCanvasElement): Promise<() => void> {
    const { showMinimap } = await import('./editor/minimap.ts')
    return showMinimap(this.#core, canvas)
  }

  async numberFields(): Promise<NumberFields> {
    const { createNumberFields } = await import('./editor/numbers.ts')
    return createNumberFields(this.#core)
  }

  async openPast(state: Uint8Array): Promise<Past | null> {
    const { openPast } = await import('./editor/past.ts')
    return openPast(
      { core: this.#core, live: this, createViewer: createEditor, options: this.#options },
      state,
    )
  }

  isPalm(pointerId: number): boolean {
    return this.#core.navigation.isIgnored(pointerId)
  }

  selectAt(point: ScreenPoint): void {
    const { camera } = this.#core.camera
    const { board, measure } = this.#core
    const element =
      captionedAt(board.frames, camera, point, measure) ??
      board.hit(toWorld(camera, point), CONTEXT_TOLERANCE / camera.zoom)
    const { selection } = this.#core
    if (element ? selection.has(element.id) : this.#isWithinSelection(point)) return
    this.#core.select(element ? unitOf(element, this.#core) : [])
  }

  /** What is selected and has no fill is meant too when the press goes through it. */
  #isWithinSelection(point: ScreenPoint): boolean {
    const { board, selection, camera } = this.#core
    const at = toWorld(camera.camera, point)
    return elementsOf(board, selection).some((element) => containsPoint(boundsOf(element), at))
  }

  pressKey(key: KeyInput): boolean {
    return pressKey(this.#core, key, 'board')
  }

  get scene(): Scene {
    return sceneOf(this.#core)
  }

  write(value: string): void {
    const { typing } = this.#core
    typing?.write(value, value.length)
    if (typing) this.#core.setCaret({ element: typing.id, start: value.length, end: value.length })
  }

  dispose(): void {
    this.#unmount?.()
    this.#core.dispose()
  }
}
