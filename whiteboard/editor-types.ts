import type { EditorFiles } from './editor/files/types.ts'
import type { EditorImages } from './editor/images/images.ts'
import type { Modes } from './editor/modes.ts'
import type { NumberFields } from './editor/numbers.ts'
import type { Past } from './editor/past.ts'
import type { Camera } from './geometry/camera.ts'
import type { Box, ScreenPoint } from './geometry/types.ts'
import type { BoardStore } from './model/board.ts'
import type { Color, Element, ElementId, Patch, Style, StyleKey } from './model/element.ts'
import type { Theme } from './model/palette.ts'
import type { LocalPresence, Peer } from './model/presence.ts'
import type { BoardSettings } from './model/settings.ts'
import type { Command } from './tools/commands.ts'
import type { ToolId } from './tools/contract.ts'

/** What the interface shows of the editor; a new object whenever any of it changes, so it can be compared by identity. */
export interface EditorState {
  readonly tool: ToolId
  /** Keep the tool after an element was made. */
  readonly toolLocked: boolean
  /** What is moved snaps to what is near; the interface keeps this choice on the device. */
  readonly snapping: boolean
  readonly selection: ReadonlySet<ElementId>
  readonly camera: Camera
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly editing: ElementId | null
  readonly canEdit: boolean
  /**
   * Of what is selected and not locked, or of what will be drawn next: each style that applies, `mixed` where the
   * selection disagrees.
   */
  readonly styles: { readonly [Key in StyleKey]?: Style[Key] | 'mixed' }
  /** A pen draws, and fingers only move the board. */
  readonly penMode: boolean
  readonly theme: Theme
  /** True while a gesture is under way: panels step aside. */
  readonly busy: boolean
  /** Whether nothing is on the board. */
  readonly empty: boolean
  /** The peer whose view is followed. */
  readonly following: number | null
  /** The element where an arrow begins that is being made with the keyboard. */
  readonly connectingFrom: ElementId | null
  readonly modes: Modes
  /** Whether all commands are here; those for what is selected come with the first sign of life. */
  readonly allCommands: boolean
}

/** What the editor says in passing. */
export interface Notice {
  readonly text: string
  readonly failed: boolean
}

/** The engine's face. Made by `createEditor` in `editor.ts`. */
export interface Editor {
  readonly board: BoardStore
  readonly state: EditorState
  /** Bringing pictures to the board and its server; null where there is none. */
  readonly images: EditorImages | null
  readonly files: EditorFiles
  /** Called when the editor has something to say in passing; there is one listener at a time. */
  onNotice(listener: (notice: Notice) => void): () => void
  subscribe(listener: () => void): () => void
  /** Puts the canvas into `host` and listens to its input until the returned function is called. */
  mount(host: HTMLElement): () => void
  setTool(tool: ToolId): void
  run(command: Command): void
  /** Whether the command would do something now. */
  can(command: Command): boolean
  setStyle<Key extends StyleKey>(key: Key, value: Style[Key]): void
  /** Shows the selection in a style, here and to peers, until it is set, taken back with null, or not selected any more. */
  previewStyle<Key extends StyleKey>(key: Key, value: Style[Key] | null): void
  /** The styles chosen for what is drawn next, as plain data: to be kept on the device and recalled on the next visit. */
  chosenStyles(): Readonly<Record<string, unknown>>
  /** Takes over what `chosenStyles` gave once; anything else does no harm. */
  recallStyles(kept: unknown): void
  /** The colour of what is at a point, as it is stored: of its line where that is, otherwise of its area; null for none. */
  colorAt(point: ScreenPoint): Color | null
  setTheme(theme: Theme): void
  /** Changes what belongs to the board as a whole. */
  configure(settings: Partial<BoardSettings>): void
  /** Shows a frame alone and whole; null ends the presentation. */
  present(frame: ElementId | null): void
  /** The frames of the board as they are presented. */
  presentedFrames(): readonly Element[]
  /** Called when somebody follows the link of an element; the address is one of http, https or mailto. */
  onLink(listener: (address: string) => void): () => void
  /** The name with which this person signs what they write. */
  setPerson(name: string): void
  setSnapping(snapping: boolean): void
  setCanEdit(canEdit: boolean): void
  setCamera(camera: Camera, options?: { animate?: boolean }): void
  /** Shows everything on the board, if there is anything. */
  zoomToFit(options?: { animate?: boolean }): void
  zoomTo(box: Box): void
  select(ids: Iterable<ElementId>): void
  /** In drawing order, front last. */
  selectedElements(): readonly Element[]
  create(elements: readonly Partial<Element>[]): ElementId[]
  update(patches: readonly ({ id: ElementId } & Patch)[]): void
  remove(ids: Iterable<ElementId>): void
  /** Peers to draw and to follow. */
  setPeers(peers: readonly Peer[]): void
  /** The colour in which peers see this person: what the laser leaves has it here too. */
  setOwnColor(color: string): void
  /** Called whenever what this person shows to peers changed. */
  onPresence(listener: (presence: LocalPresence) => void): () => void
  /** Follows a peer's view until the person pans or zooms, or null stops. */
  follow(clientId: number | null): void
  readonly following: number | null
  /** Resolves when everything visible is drawn at final quality. */
  whenPainted(): Promise<void>
  /** Resolves when the first picture of what is on the board is shown; at once when it is, or nothing is on the board. */
  whenShown(): Promise<void>
  /** For tests and diagnosis: the state path of the tool machine, as in `select/translate`. */
  readonly path: string
  /** What is called or written so, in reading order; shown on the board until the next search, an empty one hides it. */
  find(query: string): readonly ElementId[]
  /** Brings one of what was found into view and marks it. */
  showFound(id: ElementId): void
  /** All elements as a reader meets them: by rows from the top, in a row from the left. */
  readingOrder(): readonly ElementId[]
  /** Draws a map of the board on a canvas, and keeps it up, until the answer is called. */
  showMinimap(canvas: HTMLCanvasElement): Promise<() => void>
  /** Place, size and angle of the selection, to read and to write. */
  numberFields(): Promise<NumberFields>
  /** Reads a state that the board once had, as it is stored (`formats/version-state.ts`); null when it cannot be read. */
  openPast(state: Uint8Array): Promise<Past | null>
  /** Selects what a context menu at this point is about: the element with its group, unless it is selected already. */
  selectAt(point: ScreenPoint): void
  /** Whether this touch, which is down, counts for nothing: a palm beside a pen. */
  isPalm(pointerId: number): boolean
  dispose(): void
}
