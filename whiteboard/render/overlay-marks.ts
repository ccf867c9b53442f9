/** What the overlay shows of frames and links: fetched with the first of them, by `late-marks.ts`. */
export { paintCaptions, paintPresented, paintTakingFrames } from './overlay-frames.ts'
export { paintBadges } from './overlay-links.ts'
