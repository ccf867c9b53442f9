import { boxOfPoints } from '../../geometry/box.ts'
import { decodeInk, encodeInk, type InkPoint } from '../../model/ink.ts'

/** The last mirrored form of a stroke: while it is pulled about, it is asked for with every movement. */
const cache = new WeakMap<Uint8Array, { readonly form: string; readonly ink: Uint8Array }>()

/** A packed stroke turned over within its extents. */
export const mirroredInk = (ink: Uint8Array, horizontally: boolean, vertically: boolean): Uint8Array => {
  const form = `${horizontally} ${vertically}`
  const known = cache.get(ink)
  if (known?.form === form) return known.ink
  const points = decodeInk(ink)
  const box = boxOfPoints(points.map(([x, y]): [number, number] => [x, y]))
  if (!box) return ink
  const turned = points.map(
    ([x, y, pressure]): InkPoint => [
      horizontally ? box.maxX - x : x - box.minX,
      vertically ? box.maxY - y : y - box.minY,
      pressure,
    ],
  )
  const result = encodeInk(turned)
  cache.set(ink, { form, ink: result })
  return result
}
