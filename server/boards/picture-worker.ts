import { parentPort } from 'node:worker_threads'
import type { Order } from './artist.ts'
import { drawPicture } from './picture.ts'

/** A thread that draws one picture after the other: an order comes in, the SVG goes out. */
parentPort?.on('message', ({ updates, theme }: Order) => {
  parentPort?.postMessage(drawPicture(updates, theme))
})
