/** The engine's public entry: the only file of it that the application imports. */
export { createDeviceCopy } from './collab/device-copy.ts'
export { listDeviceCopies } from './collab/device-database.ts'
export { identityColor } from './collab/identity.ts'
export { createPresence } from './collab/presence.ts'
export { setDeviceCopyAside } from './collab/set-aside.ts'
export { createSyncClient } from './collab/sync-client.ts'
export type { OfflineCause, SyncClient, SyncEnd, SyncStatus, TicketAnswer } from './collab/types.ts'
export { forgetDeviceWork, moveDeviceWork } from './editor/device-work.ts'
export type {
  EditorFiles,
  ExportFormat,
  ExportOptions,
  ImportReport,
  LibraryEntry,
  PictureSize,
} from './editor/files/types.ts'
export type { AssetTransport, UploadAnswer } from './editor/images/transport.ts'
export type { NumberFields } from './editor/numbers.ts'
export type { Past, ShownPast } from './editor/past.ts'
export { atFirstSign } from './editor/signs-of-life.ts'
export { createEditor } from './editor.ts'
export type { Editor, EditorState } from './editor-types.ts'
export { kinds } from './elements/index.ts'
export type { Camera } from './geometry/camera.ts'
export { type ScreenPoint, screenPoint } from './geometry/types.ts'
export { createBoardStore } from './model/board-store.ts'
export { captionText } from './model/caption.ts'
export type { ChangeSet as BoardChanges } from './model/changes.ts'
export type {
  ArrowHead,
  Color,
  Dash,
  Element as BoardElement,
  ElementId,
  FillStyle,
  FontFamily,
  PenWidth,
  Roughness,
  Route,
  Style,
  StyleKey,
  TextAlign,
  VerticalAlign,
} from './model/element.ts'
export { healLink } from './model/heal.ts'
export {
  fillPalette,
  inkOn,
  paperPalette,
  type Swatch,
  shownColor,
  stickyPalette,
  strokePalette,
} from './model/palette.ts'
export { shownPaper } from './model/paper.ts'
export type { NumberKey, Numbers } from './model/plans/numbers.ts'
export type { LocalPresence, Peer } from './model/presence.ts'
export { type BoardSettings, PATTERNS, type Pattern } from './model/settings.ts'
export { fontFamilies, fontStack } from './model/text/fonts.ts'
export { createCanvasMeasurer } from './render/canvas-measurer.ts'
export { createRenderer } from './render/index.ts'
export { createScriptingHandle, type ScriptingHandle } from './scripting.ts'
export {
  type Command,
  type CommandEntry,
  commandTable,
  entriesOf,
  type InterfaceAction,
  interfaceTable,
} from './tools/commands.ts'
export type { ToolId } from './tools/contract.ts'
export { SHAPES } from './tools/registry.ts'
export { matchShortcut, type Shortcut, shortcuts } from './tools/shortcuts.ts'
