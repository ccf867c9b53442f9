import type { EditorState } from '../editor-types.ts'
import type { WorldPoint } from '../geometry/types.ts'
import type { BoardEdit, BoardStore, History } from '../model/board.ts'
import type { ChangeSet } from '../model/changes.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId, GroupId } from '../model/element.ts'
import { healLink } from '../model/heal.ts'
import type { Hints, Marquee } from '../model/hints.ts'
import { createHistory } from '../model/history.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { Theme } from '../model/palette.ts'
import type { LocalPresence, Peer, TextCaret } from '../model/presence.ts'
import type { TextMeasurer } from '../model/surface.ts'
import type { Highlights, Renderer } from '../render/contract.ts'
import type { ToolId } from '../tools/contract.ts'
import { InputRouter } from '../tools/input.ts'
import { ToolMachine } from '../tools/machine.ts'
import { Navigation } from '../tools/navigation.ts'
import { isReadOnlyTool, tools } from '../tools/registry.ts'
import { unlockedOf } from '../tools/selection.ts'
import { CameraControl, type RequestFrame } from './camera-control.ts'
import { createContext } from './context.ts'
import { FramingEdit } from './framing.ts'
import type { BoardImages } from './images/images.ts'
import { Listeners } from './listeners.ts'
import { type Modes, mayChange, PLAIN_MODES } from './modes.ts'
import { presenceOf, sceneOf } from './shown.ts'
import { readState } from './state.ts'
import { StyleMemory } from './styles.ts'
import { TypingSession } from './typing/typing-session.ts'

export interface CoreOptions {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  /** Measures text until a canvas is mounted that does it exactly. */
  readonly measure: TextMeasurer
  readonly requestFrame: RequestFrame | null
  readonly reducedMotion: () => boolean
}

/** All said to a viewer's script and, by mistake of the interface, to its commands. */
const READ_ONLY = 'This board is open for viewing only; it cannot be changed here.'

/** What undo brings back of the selection. */
interface Selected {
  readonly ids: readonly ElementId[]
  readonly group: GroupId | null
}

const NOTHING: ReadonlySet<ElementId> = new Set()

/**
 * What the editor knows besides the document, and the few changes that everything else is made of. Each of them tells
 * whoever shows it: the canvas, the interface, the peers.
 */
export class EditorCore {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  readonly history: History
  readonly camera: CameraControl
  readonly machine: ToolMachine
  readonly navigation: Navigation
  readonly input: InputRouter
  readonly styleMemory = new StyleMemory()
  selection: ReadonlySet<ElementId> = NOTHING
  /** The same as peers and undo have it. */
  selectedIds: readonly ElementId[] = []
  /** Another number whenever something that is selected has become different on the board. */
  selectedTurn = 0
  draft: Draft | null = null
  marquee: Marquee | null = null
  hints: Hints | null = null
  highlights: Highlights | null = null
  /** Where this person's caret is, as peers see it. */
  caret: TextCaret | null = null
  uploads: LocalPresence['uploads'] = new Map()
  /** The name that this person signs notes with; empty for none. */
  person = ''
  typing: TypingSession | null = null
  /** The pictures of the board; null where there is no server to bring them to. */
  images: BoardImages | null = null
  /** Says something in passing to the person: what was done out of sight, or why it could not be. */
  tell: (message: string, failed?: boolean) => void = () => undefined
  /** The colour in which peers see this person. */
  ownColor = '#d6336c'
  theme: Theme = 'light'
  /** Whether this person has the right to change the board. */
  mayEdit = true
  modes = PLAIN_MODES
  toolLocked = false
  /** Whether what is moved snaps to what is near. */
  snapping = true
  /** The element that this person made last by hand. */
  lastMade: ElementId | null = null
  /** Where an arrow begins that is being made with the keyboard. */
  connectingFrom: ElementId | null = null
  /** The tool to go back to from one that was chosen over it. */
  previousTool: ToolId = 'select'
  peers: readonly Peer[] = []
  renderer: Renderer | null = null
  readonly #measure: TextMeasurer
  readonly #stateListeners = new Listeners()
  readonly #presenceListeners = new Listeners<[LocalPresence]>()
  readonly #typingListeners = new Listeners()
  readonly #linkListeners = new Listeners<[string]>()
  readonly #endings: (() => void)[]
  #state: EditorState | null = null
  #focusedGroup: GroupId | null = null

  constructor(options: CoreOptions) {
    this.board = options.board
    this.kinds = options.kinds
    this.#measure = options.measure
    this.history = createHistory(options.board, {
      save: (): Selected => ({ ids: this.selectedIds, group: this.#focusedGroup }),
      restore: (saved) => {
        const { ids, group } = saved as Selected
        this.focusedGroup = group
        this.select(ids)
      },
    })
    this.camera = new CameraControl({
      requestFrame: options.requestFrame,
      reducedMotion: options.reducedMotion,
      onChange: () => this.#cameraMoved(),
      onFollowChange: () => this.stateChanged(),
    })
    this.machine = new ToolMachine({
      context: createContext(this),
      tools,
      onTransition: () => {
        this.sceneChanged()
        this.stateChanged()
      },
    })
    this.navigation = new Navigation(this.camera, () => this.stateChanged())
    this.input = new InputRouter(this.machine, this.navigation, this.camera, (fingers) =>
      this.#tapped(fingers),
    )
    this.#endings = [
      this.board.subscribe((changes) => this.#documentChanged(changes)),
      this.history.subscribe(() => this.stateChanged()),
    ]
  }

  get canEdit(): boolean {
    return this.mayEdit && mayChange(this.modes)
  }

  /** While true, the cursor leaves a laser's trail, here and for peers. */
  get laser(): boolean {
    return this.hints?.trail?.kind === 'laser'
  }

  get focusedGroup(): GroupId | null {
    return this.#focusedGroup
  }

  set focusedGroup(group: GroupId | null) {
    if (group === this.#focusedGroup) return
    this.#focusedGroup = group
    this.sceneChanged()
  }

  get measure(): TextMeasurer {
    return this.renderer?.measure ?? this.#measure
  }

  transact(edit: (edit: BoardEdit) => void): void {
    if (!this.canEdit) throw new Error(READ_ONLY)
    this.board.transact('user', (plain) => {
      const { board, kinds, typing } = this
      const framing = new FramingEdit(plain, { board, kinds, typing: typing?.id ?? null })
      edit(framing)
      framing.settle()
    })
  }

  select(ids: Iterable<ElementId>): void {
    const next = new Set<ElementId>()
    for (const id of ids) if (this.board.get(id)) next.add(id)
    if (sameIds(next, this.selection)) return
    this.selection = next
    this.selectedIds = [...next]
    if (!this.machine.busy) this.setDraft(null)
    this.sceneChanged()
    this.stateChanged()
    this.presenceChanged()
  }

  /** What of the selection may be changed, in drawing order. */
  editable(): readonly Element[] {
    return this.canEdit ? unlockedOf(this.board, this.selection) : []
  }

  setDraft(draft: Draft | null): void {
    if (draft === this.draft) return
    this.draft = draft
    this.sceneChanged()
    this.presenceChanged()
  }

  setMarquee(marquee: Marquee | null): void {
    if (marquee === this.marquee) return
    this.marquee = marquee
    this.sceneChanged()
  }

  setHints(hints: Hints | null): void {
    if (hints === this.hints) return
    const pointed = this.laser
    this.hints = hints
    this.sceneChanged()
    if (this.laser !== pointed) this.presenceChanged()
  }

  connectFrom(id: ElementId | null): void {
    this.connectingFrom = id
    this.stateChanged()
  }

  setHighlights(highlights: Highlights | null): void {
    this.highlights = highlights
    this.sceneChanged()
  }

  setTool(tool: ToolId): void {
    if (tool === 'image') {
      this.images?.pick()
      return
    }
    if (!this.canEdit && !isReadOnlyTool(tool)) return
    this.finishTyping()
    if (tool === this.machine.tool) return
    this.previousTool = this.machine.tool
    if (tool !== 'select' && tool !== 'hand') this.select([])
    this.machine.setTool(tool)
  }

  setCanEdit(canEdit: boolean): void {
    if (canEdit === this.mayEdit) return
    const before = this.canEdit
    this.mayEdit = canEdit
    this.#rightsChanged(before)
  }

  setModes(modes: Partial<Modes>): void {
    const before = this.canEdit
    const next = { ...this.modes, ...modes }
    if (before && !mayChange(next)) this.finishTyping()
    this.modes = next
    this.#rightsChanged(before)
  }

  /** Leads to where an element's link points, if that is a good address. */
  openLink({ link }: Element): void {
    const address = healLink(link)
    if (address !== null) this.#linkListeners.tell(address)
  }

  onLink(listener: (address: string) => void): () => void {
    return this.#linkListeners.add(listener)
  }

  #rightsChanged(before: boolean): void {
    const { canEdit } = this
    if (!canEdit && before) {
      this.machine.cancel()
      this.setDraft(null)
      this.finishTyping()
    }
    if (!canEdit && !isReadOnlyTool(this.machine.tool)) this.machine.setTool('select')
    this.sceneChanged()
    this.stateChanged()
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    this.#typingChanged()
  }

  setPeers(peers: readonly Peer[]): void {
    this.images?.peersChanged(this.peers, peers)
    this.peers = peers
    this.camera.setPeers(peers)
    this.sceneChanged()
  }

  /** Where this person types, for peers to see. */
  setCaret(caret: TextCaret | null): void {
    const before = this.caret
    const isSame = caret?.element === before?.element && caret?.start === before?.start
    if (isSame && caret?.end === before?.end) return
    this.caret = caret
    this.presenceChanged()
  }

  /** Opens the input over an element, which may not be on the board yet; with its caret `at` a point, or all selected. */
  startTyping(element: Element, at: WorldPoint | null = null): void {
    this.finishTyping()
    if (!this.canEdit || element.locked) return
    this.history.barrier()
    this.select(this.board.get(element.id) ? [element.id] : [])
    this.typing = new TypingSession({
      board: this.board,
      kinds: this.kinds,
      measure: () => this.measure,
      element,
      at,
      transact: (edit) => this.transact(edit),
      onCreated: (id) => {
        this.lastMade = id
        this.select([id])
      },
    })
    this.#typingChanged()
  }

  finishTyping(): void {
    const session = this.typing
    if (!session) return
    this.typing = null
    this.setCaret(null)
    session.finish(this.canEdit)
    this.history.barrier()
    this.#typingChanged()
  }

  subscribe(listener: () => void): () => void {
    return this.#stateListeners.add(listener)
  }

  onPresence(listener: (presence: LocalPresence) => void): () => void {
    return this.#presenceListeners.add(listener)
  }

  /** Called when typing begins or ends, and when the element typed into may have moved. */
  onTyping(listener: () => void): () => void {
    return this.#typingListeners.add(listener)
  }

  get state(): EditorState {
    this.#state ??= readState(this, null)
    return this.#state
  }

  /** Something that the interface may show is different: tells it, if so. */
  stateChanged(): void {
    const next = readState(this, this.#state)
    if (next === this.#state) return
    this.#state = next
    this.#stateListeners.tell()
  }

  setUploads(uploads: LocalPresence['uploads']): void {
    if (uploads.size === 0 && this.uploads.size === 0) return
    this.uploads = uploads
    this.sceneChanged()
    this.presenceChanged()
  }

  presenceChanged(): void {
    this.#presenceListeners.tell(presenceOf(this))
  }

  sceneChanged(): void {
    this.renderer?.setScene(sceneOf(this))
  }

  dispose(): void {
    this.machine.cancel()
    this.finishTyping()
    for (const end of this.#endings) end()
    this.camera.dispose()
    this.history.dispose()
    this.images?.dispose()
  }

  /** Two fingers take back, three do it again. */
  #tapped(fingers: 2 | 3): void {
    if (!this.canEdit) return
    this.finishTyping()
    if (fingers === 2) this.history.undo()
    else this.history.redo()
  }

  #cameraMoved(): void {
    this.machine.cameraMoved()
    this.sceneChanged()
    this.stateChanged()
    this.presenceChanged()
    this.#typingListeners.tell()
  }

  #documentChanged(changes: ChangeSet): void {
    if (meets(changes.updated, this.selection)) this.selectedTurn++
    if (changes.removed.size > 0) this.#forget(changes.removed)
    this.machine.documentChanged(changes)
    this.stateChanged()
    if (this.typing && changes.updated.has(this.typing.id)) this.#typingListeners.tell()
  }

  #forget(removed: ReadonlySet<ElementId>): void {
    if (this.typing && removed.has(this.typing.id)) this.finishTyping()
    this.select([...this.selection].filter((id) => !removed.has(id)))
  }

  #typingChanged(): void {
    this.sceneChanged()
    this.stateChanged()
    this.#typingListeners.tell()
  }
}

const meets = (some: ReadonlySet<ElementId>, others: ReadonlySet<ElementId>): boolean => {
  for (const id of some) if (others.has(id)) return true
  return false
}

const sameIds = (a: ReadonlySet<ElementId>, b: ReadonlySet<ElementId>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id))
