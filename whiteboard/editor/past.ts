import * as Y from 'yjs'
import type { Editor } from '../editor-types.ts'
import { decodeVersionState } from '../formats/version-state.ts'
import { visibleBox } from '../geometry/camera.ts'
import type { BoardStore } from '../model/board.ts'
import { createBoardStore } from '../model/board-store.ts'
import { origins } from '../model/document.ts'
import type { KindRegistry } from '../model/kind.ts'
import {
  bringBackPlan,
  planSize,
  type RestorePlan,
  restorePlan,
  type StoredBoard,
} from '../model/plans/restore.ts'
import { applyRestore, readStored } from '../model/restore.ts'
import { inSlices } from '../model/slices.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { applyParts } from '../model/updates/apply-parts.ts'
import type { CreateRenderer } from '../render/contract.ts'
import type { KeyInput } from '../tools/shortcuts.ts'
import type { EditorCore } from './core.ts'
import type { ImagesOptions } from './images/images.ts'

/** A state that the board once had. */
export interface Past {
  /** How many elements it has. */
  readonly size: number
  /** How many of them are not on the board now. */
  missing(): number
  /**
   * Makes the board what it was, in one step of undo; the number of elements that this changes. What others have drawn since
   * goes too, what they draw from now on stays.
   */
  restore(): number
  /** Puts what is missing on the board again, and touches nothing else; the number of elements. */
  bringBack(): number
  /**
   * Shows it in `host` in place of the board, to be looked at only, from where the board is seen. Meanwhile the board itself
   * cannot be changed by this person.
   */
  show(host: HTMLElement): ShownPast
  dispose(): void
}

export interface ShownPast {
  /** As if the key was pressed on it; true when it meant something. */
  pressKey(key: KeyInput): boolean
  /** Everything that there was comes into view. */
  zoomToFit(): void
  /** Back to the board, at the place that was looked at last. */
  end(): void
}

/** An editor for looking at a board, with keys. */
type Viewer = Editor & { pressKey(key: KeyInput): boolean }

/** What the present lends to looking at the past. */
export interface Present {
  readonly core: EditorCore
  readonly live: Editor
  readonly createViewer: (options: ViewerOptions) => Viewer
  /** Those of the editor itself. */
  readonly options: ViewerOptions
}

interface ViewerOptions {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly createRenderer: CreateRenderer
  readonly images?: ImagesOptions
}

/** Reads a stored state, a little at a time. Null when it cannot be read. */
export const openPast = async (present: Present, state: Uint8Array): Promise<Past | null> => {
  const updates = decodeVersionState(state)
  if (!updates) return null
  const doc = new Y.Doc()
  try {
    await inSlices(applyParts(doc, updates, { origin: origins.load }))
  } catch {
    doc.destroy()
    return null
  }
  return new OpenedPast(present, doc)
}

/** Nothing that waits to be sent concerns who only looks. */
const viewerOptions = ({ images, ...options }: ViewerOptions, board: BoardStore): ViewerOptions => ({
  ...options,
  board,
  ...(images && { images: { ...images, personId: '' } }),
})

class OpenedPast implements Past {
  readonly size: number
  readonly #present: Present
  readonly #doc: Y.Doc
  readonly #stored: StoredBoard
  #shown: ShownPast | null = null

  constructor(present: Present, doc: Y.Doc) {
    this.#present = present
    this.#doc = doc
    this.#stored = readStored(doc)
    this.size = this.#stored.elements.size
  }

  missing(): number {
    return bringBackPlan(readStored(this.#present.core.board.doc), this.#stored).added.size
  }

  restore(): number {
    return this.#apply(restorePlan)
  }

  bringBack(): number {
    return this.#apply(bringBackPlan)
  }

  show(host: HTMLElement): ShownPast {
    this.#shown?.end()
    const { core, live, createViewer, options } = this.#present
    core.setModes({ lookingBack: true })
    core.select([])
    const board = createBoardStore(this.#doc, core.kinds)
    const viewer = createViewer(viewerOptions(options, board))
    viewer.setCanEdit(false)
    viewer.setTheme(core.theme)
    viewer.mount(host)
    viewer.setCamera(core.camera.camera)
    const isAnythingInView = board.query(visibleBox(core.camera.camera, core.camera.size)).length > 0
    if (!isAnythingInView) viewer.zoomToFit({ animate: false })
    const stopWatching = core.subscribe(() => viewer.setTheme(core.theme))
    const shown: ShownPast = {
      pressKey: (key) => viewer.pressKey(key),
      zoomToFit: () => viewer.zoomToFit(),
      end: () => {
        if (this.#shown !== shown) return
        this.#shown = null
        stopWatching()
        live.setCamera(viewer.state.camera)
        viewer.dispose()
        board.dispose()
        core.setModes({ lookingBack: false })
      },
    }
    this.#shown = shown
    return shown
  }

  dispose(): void {
    this.#shown?.end()
    this.#doc.destroy()
  }

  #apply(planFor: (now: StoredBoard, then: StoredBoard) => RestorePlan): number {
    const { core } = this.#present
    this.#shown?.end()
    core.machine.cancel()
    core.finishTyping()
    if (!core.canEdit) return 0
    const plan = planFor(readStored(core.board.doc), this.#stored)
    const size = planSize(plan)
    if (size > 0) applyRestore(core.board, core.kinds, plan, this.#stored)
    return size
  }
}
