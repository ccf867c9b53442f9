import { kinds } from '../../whiteboard/elements/index.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import type { Element, ElementId, GroupId, Patches } from '../../whiteboard/model/element.ts'
import { duplicatePlan } from '../../whiteboard/model/plans/duplicate.ts'
import { groupPlan, ungroupPlan } from '../../whiteboard/model/plans/group.ts'
import { restorePlan, type StoredBoard } from '../../whiteboard/model/plans/restore.ts'
import { bringForwardPlan, sendToBackPlan } from '../../whiteboard/model/plans/z-order.ts'
import { applyRestore, readStored } from '../../whiteboard/model/restore.ts'
import { plainElement } from '../support/plain-element.ts'
import { generateScene } from '../support/scene-generator.ts'
import type { Tab } from './person.ts'
import type { World } from './world.ts'

/** Somebody at a board. */
export interface Drawing {
  readonly world: World
  readonly tab: Tab
  /** A number that no other step of theirs has. */
  readonly step: number
}

const some = ({ world, tab }: Drawing): Element[] =>
  tab.store.ordered.filter(() => world.chance(0.2)).slice(0, 4)

const one = ({ world, tab }: Drawing): Element | undefined => world.pick(tab.store.ordered)

const apply = ({ tab }: Drawing, patches: Patches): void =>
  tab.store.transact('user', (edit) => {
    for (const [id, patch] of patches) edit.update(id, patch)
  })

/** The same id for the same seed. */
const nameOf = ({ tab, step }: Drawing, index: number): ElementId =>
  `${tab.doc.clientID}-${step}-${index}` as ElementId

const create = (drawing: Drawing): void => {
  const { world, tab } = drawing
  const made = generateScene({ count: 1 + world.below(3), seed: world.below(1e6), labelled: 0.3 })
  tab.store.transact('user', (edit) => {
    for (const [index, element] of made.entries()) edit.create({ ...element, id: nameOf(drawing, index) })
  })
}

const change = (drawing: Drawing): void => {
  const { world } = drawing
  const element = one(drawing)
  if (!element) return
  const patch = world.pick([
    { position: worldPoint(world.below(1000), world.below(1000)) },
    { size: [1 + world.below(300), 1 + world.below(300)] },
    { strokeWidth: world.below(9), locked: world.chance(0.5) },
  ])
  apply(drawing, new Map([[element.id, patch ?? {}]]))
}

const type = (drawing: Drawing): void => {
  const { world, tab, step } = drawing
  const element = one(drawing)
  if (!element) return
  tab.store.transact('user', () => {
    const text = tab.store.text(element.id)
    text.insert(world.below(text.length + 1), `${step} `)
    if (text.length > 8) text.delete(world.below(4), 3)
  })
}

const remove = (drawing: Drawing): void => {
  const element = one(drawing)
  if (element) drawing.tab.store.transact('user', (edit) => edit.remove(element.id))
}

const group = (drawing: Drawing): void => {
  const elements = some(drawing)
  const { tab, step } = drawing
  const isTogether = drawing.world.chance(0.6)
  apply(
    drawing,
    isTogether ? groupPlan(elements, null, `g${tab.doc.clientID}-${step}` as GroupId) : ungroupPlan(elements),
  )
}

const reorder = (drawing: Drawing): void => {
  const { world, tab } = drawing
  const ids = new Set(some(drawing).map(({ id }) => id))
  apply(drawing, (world.chance(0.5) ? bringForwardPlan : sendToBackPlan)(tab.store.ordered, ids))
}

/** What ids the copies get is chance of another kind than the seed's: the seed's take their place. */
const paste = (drawing: Drawing): void => {
  const { tab, step } = drawing
  const copies = duplicatePlan(some(drawing), tab.store.ordered, [10, 10])
  const names = new Map<string, string>()
  for (const [index, { id }] of copies.entries()) names.set(id, nameOf(drawing, index))
  for (const [index, name] of [...new Set(copies.flatMap(({ groups }) => groups))].entries())
    names.set(name, `g${tab.doc.clientID}-${step}-${index}`)
  const renamed: Element[] = JSON.parse(JSON.stringify(copies), (_key, value) => names.get(value) ?? value)
  tab.store.transact('user', (edit) => {
    for (const element of renamed) edit.create(element)
  })
}

/** An arrow from one element to another, or its end at another one. */
const bind = (drawing: Drawing): void => {
  const { world, tab } = drawing
  const arrows = tab.store.ordered.filter((element) => element.type === 'arrow')
  const targets = tab.store.ordered.filter((element) => element.type !== 'arrow')
  const end = (): unknown => ({
    element: world.pick(targets)?.id ?? 'nobody',
    anchor: [world.fraction(), world.fraction()],
    mode: 'outline',
  })
  const arrow = world.chance(0.4) ? world.pick(arrows) : undefined
  const [start, finish] = [end(), end()]
  if (arrow) apply(drawing, new Map([[arrow.id, { end: finish }]]))
  else {
    const id = nameOf(drawing, 0)
    const order = tab.store.ordered.at(-1)?.order ?? 'a0'
    const points = [
      [0, 0],
      [100, 50],
    ]
    const made = plainElement({ id, type: 'arrow', order, size: [100, 50], points, start, end: finish })
    tab.store.transact('user', (edit) => edit.create(made))
  }
}

/** Each as often as it stands here. */
const deeds: readonly ((drawing: Drawing) => void)[] = [
  ...Array(8).fill(create),
  ...Array(14).fill(change),
  ...Array(6).fill(type),
  ...Array(4).fill(remove),
  ...Array(2).fill(group),
  ...Array(2).fill(reorder),
  ...Array(2).fill(paste),
  ...Array(3).fill(bind),
]

/** Changes something about the board, as the seed has it. */
export const draw = (drawing: Drawing): void => drawing.world.pick(deeds)?.(drawing)

/** Makes the board what it was, as somebody does who chose a version. */
export const restore = ({ store, doc }: Tab, version: StoredBoard): void =>
  applyRestore(store, kinds, restorePlan(readStored(doc), version), version)

/**
 * I8: what is taken back and done again at once is as it was, and so the other way round.
 *
 * @param step does one of the two
 */
export const undoAndRedo = ({ tab, world }: Drawing, step: (work: () => void) => void): void => {
  const { history, store, doc } = tab
  const board = (): string => JSON.stringify([store.ordered, store.settings])
  const back = (): void => history.undo()
  const forth = (): void => history.redo()
  const [first, second] = world.chance(0.5) ? [forth, back] : [back, forth]
  const before = board()
  let isStep = false
  doc.once('update', () => {
    isStep = true
  })
  step(first)
  // There may be nothing left of what it was about: then the other one is about another step.
  if (!isStep) return
  step(second)
  if (board() !== before)
    world.violate(`I8: ${first === back ? 'undo and redo' : 'redo and undo'} of one step changed the board`)
}
