import type { Scene } from './contract.ts'

/** What is shown before anything is known. */
export const EMPTY_SCENE: Scene = {
  camera: { x: 0, y: 0, zoom: 1 },
  theme: 'light',
  draft: null,
  selection: new Set(),
  focusedGroup: null,
  showHandles: false,
  marquee: null,
  hints: null,
  presenting: null,
  highlights: null,
  editing: null,
  peers: [],
  ownColor: '#d6336c',
  uploads: new Map(),
}

/** Whether this person did something that must not falter for what can be drawn later. */
export const isAtWork = (scene: Scene, before: Scene): boolean =>
  scene.draft !== before.draft ||
  scene.marquee !== before.marquee ||
  scene.hints !== before.hints ||
  scene.editing !== before.editing
