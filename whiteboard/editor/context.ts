import { panBy, visibleBox } from '../geometry/camera.ts'
import { captionedAt } from '../model/caption.ts'
import type { Element } from '../model/element.ts'
import { badgedAt } from '../model/link-badge.ts'
import type { EditorContext, PointerInput } from '../tools/contract.ts'
import { typeMadeBy } from '../tools/registry.ts'
import type { EditorCore } from './core.ts'
import { cropElement } from './crop-element.ts'
import { flowRoute, growFlow } from './flow.ts'
import { newElement } from './new-element.ts'
import { addNote } from './notes.ts'

/** How far from an element a pointer still hits it, in CSS pixels. */
const HIT_TOLERANCE = { mouse: 5, pen: 7, touch: 12 } as const

const toleranceOf = (core: EditorCore, { pointerType }: PointerInput): number =>
  HIT_TOLERANCE[pointerType] / core.camera.camera.zoom

/** What is hit: names of frames lie over all. */
const hitAt = (
  core: EditorCore,
  input: PointerInput,
  accept: (element: Element) => boolean,
): Element | undefined =>
  captionedAt(core.board.frames.filter(accept), core.camera.camera, input.screen, core.measure) ??
  core.board.hit(input.world, toleranceOf(core, input), accept)

/** The editor as tools see it. */
export const createContext = (core: EditorCore): EditorContext => ({
  get board() {
    return core.board
  },
  get kinds() {
    return core.kinds
  },
  get measure() {
    return core.measure
  },
  get camera() {
    return core.camera.camera
  },
  get view() {
    return visibleBox(core.camera.camera, core.camera.size)
  },
  get snapping() {
    return core.snapping
  },
  get selection() {
    return core.selection
  },
  get focusedGroup() {
    return core.focusedGroup
  },
  get canEdit() {
    return core.canEdit
  },
  get clientId() {
    return core.board.doc.clientID
  },
  get pixel() {
    return 1 / core.camera.camera.zoom
  },
  get style() {
    return core.styleMemory.styleFor(core.kinds.get(typeMadeBy(core.machine.tool) ?? 'text'))
  },
  panBy: (delta) => core.camera.setCamera(panBy(core.camera.camera, delta)),
  select: (ids) => core.select(ids),
  focusGroup: (group) => {
    core.focusedGroup = group
  },
  setDraft: (draft) => core.setDraft(draft),
  setMarquee: (marquee) => core.setMarquee(marquee),
  setHints: (hints) => core.setHints(hints),
  transact: (edit) => core.transact(edit),
  newElement: (kind, fields) => newElement(core, kind, fields),
  editText: (id, at) => {
    const element = core.board.get(id)
    if (element) core.startTyping(element, at)
  },
  crop: (id) => cropElement(core, id),
  writeNew: (element) => {
    if (!core.toolLocked) core.machine.setTool('select')
    core.startTyping(element)
  },
  addNote: (note, side) => addNote(core, note, side),
  growFlow: (element, side, options) => growFlow(core, element, side, options),
  get flowRoute() {
    return flowRoute(core)
  },
  finishCreating: (created) => {
    core.lastMade = [...created].at(-1) ?? core.lastMade
    if (core.toolLocked) return
    core.machine.setTool('select')
    core.select(created)
  },
  hit: (input, accept) => hitAt(core, input, (element) => !element.locked && (accept?.(element) ?? true)),
  linkAt: (input) =>
    badgedAt(core.board.linked, core.camera.camera, input.screen, input.pointerType === 'mouse' ? 2 : 10),
  openLink: (element) => core.openLink(element),
  hitLocked: (input) => hitAt(core, input, ({ locked }) => locked),
})
