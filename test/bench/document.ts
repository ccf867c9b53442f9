import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { mixedScene } from '../support/mixed-scene.ts'
import { generateScene } from '../support/scene-generator.ts'

/**
 * What a board of many elements costs in our document format, against bare Yjs layouts: `npm run bench:document`.
 * Each row is measured in a process of its own. Ends with code 1 if our format costs more than `MOST` times the bare
 * base + overrides layout.
 */
const MOST = 1.3
const COUNTS = [10_000, 50_000]
const DRAGS = 1_000
const ROUNDS = 5

interface Result {
  readonly loadMs: number
  readonly heapMB: number
  readonly encodedMB: number
}

/** The fields that a rectangle of the generated scene stores. */
const stored = (element: Element): Record<string, unknown> => {
  const fields: Record<string, unknown> = {
    type: element.type,
    position: element.position,
    size: element.size,
    order: element.order,
    stroke: element.stroke,
  }
  if (element.rotation !== 0) fields.rotation = element.rotation
  if (element.groups.length > 0) fields.groups = element.groups
  return fields
}

const twelveKeys = (element: Element): Record<string, unknown> => ({
  type: element.type,
  x: element.position[0],
  y: element.position[1],
  width: element.size[0],
  height: element.size[1],
  rotation: element.rotation,
  order: element.order,
  stroke: element.stroke,
  fill: '#ffffff',
  strokeWidth: 2,
  opacity: 1,
  locked: false,
})

type Layout = (doc: Y.Doc, scene: readonly Element[]) => void

const raw =
  (keys: (element: Element) => Record<string, unknown>): Layout =>
  (doc, scene) =>
    doc.transact(() => {
      const elements = doc.getMap('elements')
      for (const element of scene) elements.set(element.id, new Y.Map(Object.entries(keys(element))))
    })

const ours: Layout = (doc, scene) =>
  createBoardStore(doc, kinds).transact('user', (edit) => {
    for (const element of scene) edit.create(element)
  })

const LABELLED = 'our format, 20 % labelled'

const MIXED = 'our format, mixed elements'

const layouts: Readonly<Record<string, Layout>> = {
  'our format': ours,
  [LABELLED]: ours,
  [MIXED]: ours,
  'base + overrides, bare': raw((element) => ({ base: stored(element) })),
  '12 keys': raw(twelveKeys),
}

const heap = (): number => {
  global.gc?.()
  global.gc?.()
  return process.memoryUsage().heapUsed
}

const MB = 1024 * 1024

const encodedScene = (layout: string, count: number): Uint8Array => {
  const doc = new Y.Doc()
  const labelled = layout === LABELLED ? 0.2 : 0
  layouts[layout]?.(doc, layout === MIXED ? mixedScene({ count }) : generateScene({ count, labelled }))
  return Y.encodeStateAsUpdate(doc)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Loads an encoded board into empty documents. Time is the process' own, the best of several rounds, so that other work on the machine counts little; memory the median, as garbage of an earlier round may go late. */
const measure = async (layout: string, count: number, open: (doc: Y.Doc) => unknown): Promise<Result> => {
  const update = encodedScene(layout, count)
  let loadMs = Infinity
  const load = (): unknown => {
    const start = process.cpuUsage()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    const opened = open(doc)
    const { user, system } = process.cpuUsage(start)
    loadMs = Math.min(loadMs, (user + system) / 1000)
    if (doc.getMap('elements').size !== count) throw new Error(`${layout}: not all elements were loaded`)
    return opened
  }
  /** What one loaded board holds; in a function of its own, at whose end nothing holds that board any more. */
  const weigh = (): number => {
    const before = heap()
    const kept = load()
    const weight = (heap() - before) / MB
    if (!kept) throw new Error(`${layout}: nothing was loaded`)
    return weight
  }
  const weights: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    weights.push(weigh())
  }
  const heapMB = median(weights)
  return { loadMs, heapMB, encodedMB: update.length / MB }
}

/** Read through the store: parsed, in order, findable by place. */
const openBoard = (doc: Y.Doc): unknown => {
  const store = createBoardStore(doc, kinds)
  return store.ordered.length > 0 && store
}

/** What is opened as a board, under the name of its row. */
const opened: Readonly<Record<string, string>> = {
  'our format, opened as a board': 'our format',
  'mixed elements, opened as a board': MIXED,
}

const inChild = (layout: string, count: number): Result => {
  const args = [...process.execArgv, '--expose-gc', fileURLToPath(import.meta.url), layout, String(count)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Result
}

const growthByDrags = (): number => {
  const doc = new Y.Doc()
  const store = createBoardStore(doc, kinds)
  const scene = generateScene({ count: 100 })
  store.transact('user', (edit) => {
    for (const element of scene) edit.create(element)
  })
  const before = Y.encodeStateAsUpdate(doc).length
  const dragged = scene[50]
  for (let drag = 0; dragged && drag < DRAGS; drag++) {
    store.transact('user', (edit) => edit.update(dragged.id, { position: [drag * 1.5, drag / 3] }))
  }
  return Y.encodeStateAsUpdate(doc).length - before
}

/** What was decided against: a root type for each text, among all of which Yjs looks for the name of each. */
const rootTexts: Layout = (doc, scene) => {
  raw((element) => ({ base: stored(element) }))(doc, scene)
  doc.transact(() => {
    for (const { id, text } of scene) doc.getText(`text/${id}`).insert(0, text)
  })
}

/** How long one full encode takes of a board on which every element is labelled: the best of a few. */
const encodeLabelled = (labelled: number): string => {
  const scene = generateScene({ count: labelled, labelled: 1 })
  const [nested, root] = [ours, rootTexts].map((layout) => {
    const doc = new Y.Doc()
    layout(doc, scene)
    let best = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      const start = process.cpuUsage()
      Y.encodeStateAsUpdate(doc)
      best = Math.min(best, process.cpuUsage(start).user / 1000)
    }
    return best.toFixed(0)
  })
  return `${labelled.toLocaleString('en')} labelled elements are encoded in ${nested} ms; with root-level texts in ${root} ms`
}

const line = (name: string, { loadMs, heapMB, encodedMB }: Result): string =>
  `${name.padEnd(36)}${loadMs.toFixed(0).padStart(8)} ms${heapMB.toFixed(1).padStart(9)} MB${encodedMB.toFixed(2).padStart(9)} MB`

const compare = (count: number): number => {
  console.log(`\n${count.toLocaleString('en')} elements                          load       heap     encoded`)
  const results = new Map<string, Result>()
  for (const layout of [...Object.keys(layouts), ...Object.keys(opened)]) {
    const result = inChild(layout, count)
    results.set(layout, result)
    console.log(line(layout, result))
  }
  const ours = results.get('our format')
  const bare = results.get('base + overrides, bare')
  if (!ours || !bare) throw new Error('nothing was measured')
  const ratios = [ours.loadMs / bare.loadMs, ours.heapMB / bare.heapMB, ours.encodedMB / bare.encodedMB]
  const [load = 0, heapRatio = 0, encoded = 0] = ratios
  console.log(
    `our format / bare: load ${load.toFixed(2)}, heap ${heapRatio.toFixed(2)}, encoded ${encoded.toFixed(2)} (at most ${MOST})`,
  )
  return Math.max(...ratios)
}

const [layout, count] = process.argv.slice(2)
if (layout !== undefined) {
  const source = opened[layout]
  const result =
    source === undefined
      ? await measure(layout, Number(count), (doc) => doc)
      : await measure(source, Number(count), openBoard)
  process.stdout.write(JSON.stringify(result))
} else {
  const worst = COUNTS.map(compare)
  console.log(
    `\n${DRAGS.toLocaleString('en')} drags of one element add ${growthByDrags()} bytes to the encoded board`,
  )
  for (const labelled of [1_000, 10_000]) console.log(encodeLabelled(labelled))
  process.exitCode = Math.max(...worst) > MOST ? 1 : 0
}
