/** A canvas beside the page, which the browser need not lay out. */
export interface WorkCanvas {
  readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
  /** Null where the browser does not write this type, or cannot. */
  encode(type: string, quality?: number): Promise<Blob | null>
}

/** @throws Error when the browser has no memory for it */
export const createWorkCanvas = (width: number, height: number): WorkCanvas => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('No canvas is left')
  return {
    context,
    encode: async (type, quality) => {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
      return blob?.type === type ? blob : null
    },
  }
}

/** Rows that are read at a time, to look for transparent pixels. */
const STRIP = 256

/** Whether no pixel lets anything through. */
export const isOpaque = ({ context }: WorkCanvas, width: number, height: number): boolean => {
  for (let top = 0; top < height; top += STRIP) {
    const { data } = context.getImageData(0, top, width, Math.min(STRIP, height - top))
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false
  }
  return true
}
