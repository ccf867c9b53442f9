/** The engine's public entry: the only file of it that the application imports. */
export { createDeviceCopy, type DeviceCopy } from './collab/device-copy.ts'
export { type CopyEntry, listDeviceCopies } from './collab/device-database.ts'
export { createPresence, type Presence } from './collab/presence.ts'
export type { Identity, WireRole } from './collab/protocol.ts'
export { type BoardSyncClient, createSyncClient } from './collab/sync-client.ts'
export type { SyncClient, SyncEnd, SyncStatus, TicketAnswer, TicketGrant } from './collab/types.ts'
export { createEditor } from './editor.ts'
export type { Command, Editor, EditorState } from './editor-types.ts'
export { kinds } from './elements/index.ts'
export { type Camera, MAX_ZOOM, MIN_ZOOM } from './geometry/camera.ts'
export type { Box, ScreenPoint, WorldPoint } from './geometry/types.ts'
export { screenPoint, worldPoint } from './geometry/types.ts'
export type { BoardStore } from './model/board.ts'
export { createBoardStore } from './model/board-store.ts'
export type {
  ArrowHead,
  Color,
  Dash,
  Element,
  ElementId,
  FillStyle,
  FontFamily,
  Style,
  StyleKey,
  TextAlign,
} from './model/element.ts'
export { fontFamilies, fontStack } from './model/fonts.ts'
export {
  fillPalette,
  type Swatch,
  shownColor,
  stickyPalette,
  strokePalette,
  type Theme,
  themeColors,
} from './model/palette.ts'
export type { LocalPresence, Peer } from './model/presence.ts'
export { createRenderer } from './render/index.ts'
export { createScriptingHandle, type ScriptingHandle } from './scripting.ts'
export type { ToolId } from './tools/contract.ts'
export {
  matchShortcut,
  type Shortcut,
  type ShortcutAction,
  type ShortcutGroup,
  shortcuts,
} from './tools/shortcuts.ts'
