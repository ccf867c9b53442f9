import type { LocalPresence, Peer } from '../model/presence.ts'
import type { Scene } from '../render/contract.ts'
import type { EditorCore } from './core.ts'

/** What the canvas shows of the editor beside the document. */
export const sceneOf = (core: EditorCore): Scene => ({
  camera: core.camera.camera,
  theme: core.theme,
  draft: core.draft,
  selection: core.selection,
  focusedGroup: core.focusedGroup,
  showHandles: core.canEdit && !core.machine.busy && core.typing === null && core.machine.tool === 'select',
  marquee: core.marquee,
  hints: core.hints,
  presenting: core.modes.presenting,
  highlights: core.highlights,
  editing: core.typing?.id ?? null,
  peers: core.peers,
  ownColor: core.ownColor,
  uploads: allUploads(core.uploads, core.peers),
})

/** What peers are shown of the editor. */
export const presenceOf = (core: EditorCore): LocalPresence => ({
  cursor: core.input.hover?.world ?? null,
  selection: core.selectedIds,
  draft: core.draft,
  view: core.camera.view,
  laser: core.laser,
  caret: core.caret,
  uploads: core.uploads,
})

/** This person's and the peers'; nearly always none. */
const allUploads = (own: Scene['uploads'], peers: readonly Peer[]): Scene['uploads'] =>
  peers.some(({ uploads }) => uploads.size > 0)
    ? new Map([...peers.flatMap(({ uploads }) => [...uploads]), ...own])
    : own
