import { boxAround, boxCenter, expand } from '../geometry/box.ts'
import { toScreen, visibleBox } from '../geometry/camera.ts'
import { type Size, type WorldPoint, worldPoint } from '../geometry/types.ts'
import { takesRoom } from '../model/plans/beside.ts'
import type { PointerInput } from '../tools/contract.ts'
import { defaultSize } from '../tools/default-size.ts'
import { typeMadeBy } from '../tools/registry.ts'
import type { EditorCore } from './core.ts'

/** Board units left free round what is put down by the keyboard. */
const GAP = 40
/** Rings of places round the first choice that are tried. */
const RINGS = 12

/** Places round `start` in rings, to the right first. */
function* placesAround(start: WorldPoint, [width, height]: Size): Generator<WorldPoint> {
  yield start
  for (let ring = 1; ring <= RINGS; ring++) {
    for (let row = 0; row <= ring; row++) {
      for (let column = 0; column <= ring; column++) {
        if (Math.max(row, column) !== ring) continue
        yield worldPoint(start[0] + column * (width + GAP), start[1] + row * (height + GAP))
      }
    }
  }
}

/** What has no shape of its own until a hand draws it. */
const DRAWN: ReadonlySet<string> = new Set(['ink', 'line', 'arrow'])

/** The nearest place to the middle of the view, or beside what was made last, where nothing lies. */
const freePlace = (core: EditorCore, size: Size): WorldPoint => {
  const last = core.lastMade === null ? undefined : core.board.get(core.lastMade)
  const view = visibleBox(core.camera.camera, core.camera.size)
  const start = last
    ? worldPoint(last.position[0] + last.size[0] + GAP + size[0] / 2, last.position[1] + last.size[1] / 2)
    : boxCenter(view)
  for (const place of placesAround(start, size)) {
    const others = core.board.query(expand(boxAround(place, size), GAP / 4))
    if (!others.some((element) => takesRoom(element, core.kinds))) return place
  }
  return start
}

/** Makes with the keyboard what the tool in hand makes by a tap, where there is room for it. */
export const createHere = (core: EditorCore): boolean => {
  const type = typeMadeBy(core.machine.tool)
  if (type === null || DRAWN.has(type) || !core.canEdit) return false
  const world = freePlace(core, defaultSize(type))
  const input: PointerInput = {
    screen: toScreen(core.camera.camera, world),
    world,
    pointerType: 'mouse',
    pressure: 0.5,
    shift: false,
    alt: false,
    ctrl: false,
    coalesced: [],
    clicks: 1,
    timeStamp: 0,
  }
  core.machine.pointerDown(input)
  core.machine.pointerUp(input)
  return true
}
