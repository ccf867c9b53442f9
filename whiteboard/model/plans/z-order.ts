import { intersects } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { Element, ElementId, Patches } from '../element.ts'
import { sequencePlan } from '../order.ts'

type Ids = ReadonlySet<ElementId>

/** Above all others, in their own order. */
export const bringToFrontPlan = (ordered: readonly Element[], ids: Ids): Patches => {
  const { moving, others } = parted(ordered, ids)
  return changed(ordered, [...others, ...moving], ids)
}

/** Below all others, in their own order; what a frame carries stays above that. */
export const sendToBackPlan = (ordered: readonly Element[], ids: Ids): Patches => {
  const { moving, others } = parted(ordered, ids)
  return changed(ordered, aboveFrames([...moving, ...others], ids), ids)
}

/** Above the next element that covers part of them; stays where nothing above does. */
export const bringForwardPlan = (ordered: readonly Element[], ids: Ids): Patches =>
  changed(ordered, stepped(ordered, ids), ids)

/** Below the next element that they cover part of, other than the frame that carries them. */
export const sendBackwardPlan = (ordered: readonly Element[], ids: Ids): Patches =>
  changed(ordered, aboveFrames(stepped(ordered.toReversed(), ids).toReversed(), ids), ids)

/** Puts those that came below the frame that carries them right above it: a filled frame would hide them. */
const aboveFrames = (list: readonly Element[], ids: Ids): readonly Element[] => {
  const places = new Map(list.map(({ id }, index) => [id, index]))
  const isBelow = ({ id, frame }: Element, index: number): boolean =>
    ids.has(id) && frame !== null && (places.get(frame) ?? -1) > index
  const below = list.filter(isBelow)
  if (below.length === 0) return list
  const others = list.filter((element, index) => !isBelow(element, index))
  return others.flatMap((element) => [element, ...below.filter(({ frame }) => frame === element.id)])
}

const parted = (ordered: readonly Element[], ids: Ids): { moving: Element[]; others: Element[] } => ({
  moving: ordered.filter((element) => ids.has(element.id)),
  others: ordered.filter((element) => !ids.has(element.id)),
})

const changed = (before: readonly Element[], after: readonly Element[], ids: Ids): Patches =>
  before.every((element, index) => element === after[index]) ? new Map() : sequencePlan(after, ids)

/** Each run of neighbours that move together steps over the next element it meets; the last run first, so none overtakes another. */
const stepped = (ordered: readonly Element[], ids: Ids): readonly Element[] => {
  const list = [...ordered]
  let end = list.length - 1
  while (end >= 0) {
    const start = runStart(list, end, ids)
    if (start <= end) stepOver(list, start, end, ids)
    end = Math.min(start, end) - 1
  }
  return list
}

/** Where the run of moving elements that ends at `end` begins; beyond `end` if none does. */
const runStart = (list: readonly Element[], end: number, ids: Ids): number => {
  let start = end + 1
  for (let element = list[start - 1]; element && ids.has(element.id); element = list[start - 1]) start--
  return start
}

const stepOver = (list: Element[], start: number, end: number, ids: Ids): void => {
  const boxes = list.slice(start, end + 1).map(boundsOf)
  const next = list.findIndex(
    (element, index) =>
      index > end && !ids.has(element.id) && boxes.some((box) => intersects(box, boundsOf(element))),
  )
  if (next === -1) return
  const run = list.splice(start, end - start + 1)
  list.splice(next - run.length + 1, 0, ...run)
}
