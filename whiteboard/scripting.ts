import type { SyncClient, SyncStatus } from './collab/types.ts'
import type { ExportOptions, ImportReport } from './editor/files/types.ts'
import type { Editor } from './editor-types.ts'
import { kinds as knownKinds } from './elements/index.ts'
import type { Camera } from './geometry/camera.ts'
import type { Element, ElementId, Patch } from './model/element.ts'
import { type ElementJson, elementFromJson, elementToJson, patchFromJson } from './model/json.ts'
import type { KindRegistry } from './model/kind.ts'

/** The editor's side of `window.drawbridge`. Elements are in their JSON form, as the README describes it. */
export interface ScriptedEditor {
  /** All elements, in drawing order. */
  elements(): ElementJson[]
  /** Adds elements, in one step of undo; what is left out gets its default. Returns their ids in the order given. */
  create(elements: readonly unknown[]): string[]
  /** Changes the given fields of elements, in one step of undo; each patch names its element by `id`. */
  update(patches: readonly unknown[]): void
  delete(ids: readonly string[]): void
  select(ids: readonly string[]): void
  readonly camera: Camera
  setCamera(camera: Camera): void
  zoomToFit(): void
  undo(): void
  redo(): void
  /** Opens a file into the board: a drawing of ours or Excalidraw's, a PNG or SVG that carries one, or a picture. */
  importFile(file: Blob, name?: string): Promise<Pick<ImportReport, 'added' | 'skipped'>>
  /** The board, or what is selected, as a file. */
  exportFile(options: ExportOptions): Promise<Blob>
}

/** What `window.drawbridge` is on a board's page: for automation and tests. */
export interface ScriptingHandle {
  readonly editor: ScriptedEditor
  readonly sync: {
    /** Online only when the board is shown in full, too. */
    readonly status: SyncStatus
    /** Resolves when all changes so far are on the server's disk. */
    whenSaved(): Promise<void>
  }
  /** Resolves when everything visible is drawn at final quality. */
  whenPainted(): Promise<void>
}

/** Makes the handle that a board's page offers to scripts. Its calls throw an `Error` that says what was wrong. */
export const createScriptingHandle = (
  editor: Editor,
  sync: Pick<SyncClient, 'status' | 'whenSaved'>,
  kinds: KindRegistry = knownKinds,
): ScriptingHandle => ({
  editor: scriptedEditor(editor, kinds),
  sync: {
    get status(): SyncStatus {
      const { status } = sync
      const isShown = status.state !== 'online' || !editor.board.loading
      return isShown ? status : { state: 'connecting', unsaved: status.unsaved }
    },
    whenSaved: () => sync.whenSaved(),
  },
  whenPainted: () => editor.whenPainted(),
})

const scriptedEditor = (editor: Editor, kinds: KindRegistry): ScriptedEditor => ({
  elements: () => editor.board.ordered.map(elementToJson),
  create: (elements) =>
    editor.create(listOf(elements, 'elements').map((json) => elementOf(json, kinds, editor))),
  update: (patches) => editor.update(listOf(patches, 'patches').flatMap((json) => patchOf(json, editor))),
  delete: (ids) => editor.remove(listOf(ids, 'ids') as ElementId[]),
  select: (ids) => editor.select(listOf(ids, 'ids') as ElementId[]),
  get camera() {
    return editor.state.camera
  },
  setCamera: ({ x, y, zoom }) => {
    if (![x, y, zoom].every(Number.isFinite)) throw new Error('A camera has three numbers: x, y and zoom.')
    editor.setCamera({ x, y, zoom })
  },
  zoomToFit: () => editor.zoomToFit({ animate: false }),
  undo: () => editor.run('undo'),
  redo: () => editor.run('redo'),
  importFile: async (file, name = '') => {
    if (!(file instanceof Blob)) throw new Error('A file was expected, as a Blob.')
    const { added, skipped } = await editor.files.importFile(file, String(name))
    return { added, skipped }
  },
  exportFile: (options) => editor.files.exportFile(options),
})

const listOf = (value: unknown, name: string): unknown[] => {
  if (!Array.isArray(value)) throw new Error(`A list of ${name} was expected.`)
  return value
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Only the fields that were given, healed: the editor fills in the rest. */
const elementOf = (json: unknown, kinds: KindRegistry, editor: Editor): Partial<Element> => {
  const type = isRecord(json) ? json.type : undefined
  if (typeof type !== 'string' || !kinds.has(type)) {
    throw new Error(`An element needs a type: one of ${kinds.types.join(', ')}.`)
  }
  const healed = elementFromJson(json, kinds)
  if (!healed) throw new Error(`This ${type} cannot be read: ${describe(json)}`)
  if (isRecord(json) && typeof json.id === 'string' && editor.board.get(healed.id)) {
    throw new Error(`An element with the id ${describe(json.id)} is on the board already.`)
  }
  return withoutUngiven(healed, json)
}

/** The place in the order is the editor's to give, unless asked for; so is the size of what fits itself to its text. */
const withoutUngiven = (healed: Element, json: unknown): Partial<Element> => {
  const { order, size, ...rest } = healed
  const given = isRecord(json) ? json : {}
  const isSized = ['width', 'height', 'size', 'points'].some((key) => key in given)
  return { ...rest, ...('order' in given ? { order } : {}), ...(isSized ? { size } : {}) }
}

const patchOf = (json: unknown, editor: Editor): ({ id: ElementId } & Patch)[] => {
  const id = isRecord(json) ? json.id : undefined
  if (typeof id !== 'string') throw new Error(`A patch needs the id of its element: ${describe(json)}`)
  const element = editor.board.get(id as ElementId)
  return element ? [{ ...patchFromJson(json, element), id: element.id }] : []
}

const describe = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 200)
