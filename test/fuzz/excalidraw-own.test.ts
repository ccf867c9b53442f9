import { describe, expect, it } from 'vitest'
import { kinds } from '../../whiteboard/elements/index.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { createScriptingHandle, type ScriptedEditor } from '../../whiteboard/scripting.ts'
import { EditorDriver } from '../support/editor-driver.ts'
import type { Json } from '../support/excalidraw-files.ts'
import { brokenRules } from '../support/excalidraw-rules.ts'
import { createRandom } from '../support/random.ts'

/** `FUZZ_SEED=n` repeats one run; `FUZZ_RUNS=n` makes more of them. */
const runs = Number(process.env.FUZZ_RUNS ?? 9)
const seeds = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, ...Array.from({ length: runs }, () => Math.floor(Math.random() * 1e9))]

const scripted = (): { person: EditorDriver; editor: ScriptedEditor } => {
  const person = new EditorDriver()
  const sync = { status: { state: 'connecting', unsaved: 0 } as const, whenSaved: () => Promise.resolve() }
  return { person, editor: createScriptingHandle(person.editor, sync).editor }
}

const WORDS = ['', 'Plan', 'two\nlines', 'a longer text that has to be wrapped somewhere', 'שלום 日本 🙂']

/** Elements of all of our types in all of their styles, as scripts give them. */
const drawnAtRandom = (seed: number, count: number): Json[] => {
  const random = createRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const number = (min: number, max: number): number => min + random() * (max - min)
  const types = kinds.types.filter((type) => type !== 'image')
  const targets: string[] = []
  return Array.from({ length: count }, (_, at): Json => {
    const type = pick(types)
    const isFree = type === 'line' || type === 'arrow'
    const isStroke = type === 'ink' || type === 'highlighter'
    const end = () =>
      type === 'arrow' && targets.length > 0 && random() < 0.5
        ? { element: pick(targets), anchor: [random(), random()], mode: pick(['outline', 'inside']) }
        : null
    const points = Array.from({ length: 2 + Math.floor(random() * 20) }, () => [
      number(0, 300),
      number(0, 200),
      pick([0.5, random()]),
    ])
    const id = `own-${at}`
    if (!isFree && !isStroke) targets.push(id)
    return {
      id,
      type,
      x: number(-2_000, 2_000),
      y: number(-2_000, 2_000),
      ...(type === 'text' ? {} : { width: number(20, 400), height: number(20, 300) }),
      rotation: type === 'frame' || random() < 0.5 ? 0 : number(0, 6),
      opacity: pick([1, 0.5, 0.33]),
      stroke: pick(['#22242a', '#e03131']),
      strokeWidth: pick([0, 1, 2, 7.5]),
      dash: pick(['solid', 'dashed', 'dotted']),
      roughness: pick([0, 1, 2]),
      fill: pick(['#ffec99', '#a5d8ff']),
      fillStyle: pick(['none', 'solid', 'semi', 'hachure', 'cross-hatch']),
      corner: pick([null, 0, 33.3]),
      groups: type === 'frame' ? [] : pick([[], [], ['inner', 'outer']]),
      link: pick([null, 'https://example.org/']),
      text: type === 'text' ? 'Words' : isFree || isStroke ? pick(['', 'goes']) : pick(WORDS),
      fontFamily: pick(['hand', 'sans', 'serif', 'mono']),
      fontSize: pick([13.7, 20, 28]),
      ...(isStroke ? { points, penWidth: pick(['variable', 'constant']) } : {}),
      ...(isFree
        ? {
            points: points.slice(0, 5).map(([x, y]) => [x, y]),
            route: pick(['straight', 'curved', 'elbow']),
            startHead: pick(['none', 'dot', 'many']),
            endHead: pick(['arrow', 'diamond-outline']),
            start: end(),
            end: end(),
          }
        : {}),
    }
  })
}

/** What can be said in Excalidraw's own words is remembered as such besides; the rest must be as it was. */
const bare = ({ order: _order, excalidraw: _kept, ...rest }: Element) => rest

describe.each(seeds)('boards of our own as Excalidraw files (FUZZ_SEED=%i)', (seed) => {
  it('are what Excalidraw takes, whole or in part, and come back as what they were', async () => {
    const { person, editor } = scripted()
    editor.create(drawnAtRandom(seed, 40))
    const whole = await editor.exportFile({ format: 'excalidraw' })
    expect(brokenRules((JSON.parse(await whole.text()) as { elements: Json[] }).elements)).toEqual([])
    const other = scripted()
    expect(await other.editor.importFile(whole)).toEqual({ added: 40, skipped: [] })
    expect(other.person.elements.map(bare)).toEqual(person.elements.map(bare))

    editor.select(person.elements.filter((_, at) => at % 2 === 0).map(({ id }) => id))
    const part = await editor.exportFile({ format: 'excalidraw', selectionOnly: true })
    expect(brokenRules((JSON.parse(await part.text()) as { elements: Json[] }).elements)).toEqual([])
  })
})
