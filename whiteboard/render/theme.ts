/** The theme's colours, for the renderer and (through `whiteboard/index.ts`) the style panel. */
export {
  fillPalette,
  type Swatch,
  shownColor,
  stickyPalette,
  strokePalette,
  themeColors,
} from '../model/palette.ts'
