import { onDemand } from '../../render/overlay.ts'
import { paintUploads } from '../../render/overlay-uploads.ts'
import { type PictureSource, Pictures } from '../../render/pictures.ts'

/** Fetches and decodes pictures, and shows how far those have got that somebody is sending. */
export const openPictures = (source: PictureSource): Pictures => {
  onDemand.paintUploads = paintUploads
  return new Pictures({ source })
}
