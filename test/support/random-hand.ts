import type { EditorState } from '../../whiteboard/editor-types.ts'
import type { Style, StyleKey } from '../../whiteboard/model/element.ts'
import { PATTERNS } from '../../whiteboard/model/settings.ts'
import { type Command, commandTable, entriesOf } from '../../whiteboard/tools/commands.ts'
import { tools } from '../../whiteboard/tools/registry.ts'
import { type Shortcut, shortcuts } from '../../whiteboard/tools/shortcuts.ts'
import type { EditorDriver } from './editor-driver.ts'
import { createRandom } from './random.ts'
import { type Below, fieldValues } from './variety.ts'

/** Those that need a browser's clipboard or window, and the mode of the view in which nothing can be changed, or undone. */
const NOT_HERE: ReadonlySet<string> = new Set(['copy', 'cut', 'paste', 'link-open', 'view-mode-toggle'])

const COMMANDS: readonly Command[] = entriesOf(commandTable)
  .map(([name]) => name)
  .filter((name) => !NOT_HERE.has(name))

const isKey = ({ action }: Shortcut): boolean => {
  if (action.type === 'command') return !NOT_HERE.has(action.command)
  return action.type !== 'gesture' && action.type !== 'clipboard' && action.type !== 'interface'
}

const KEYS: readonly string[] = shortcuts
  .filter(isKey)
  .flatMap(({ keys }) => keys)
  .filter((keys) => !keys.endsWith('+'))

const HELD = ['shift', 'alt', 'ctrl'] as const

/** From a seed, numbers below a limit. */
export const belowOf = (seed: number): Below => {
  const random = createRandom(seed)
  return (limit) => Math.floor(random() * limit)
}

/**
 * Somebody who does anything at all with an editor: every tool, command, key, style and setting, drags, clicks and
 * letters, in any sequence, with any modifier, cancelled half way or not.
 */
export class RandomHand {
  readonly person: EditorDriver
  readonly #below: Below

  constructor(person: EditorDriver, below: Below) {
    this.person = person
    this.#below = below
  }

  act(): void {
    const held = HELD.filter(() => this.#below(6) === 0)
    this.person.with((['mouse', 'pen', 'touch', 'mouse', 'mouse'] as const)[this.#below(5)] ?? 'mouse')
    this.person.hold(...held)
    const acts = this.#acts
    acts[this.#below(acts.length)]?.()
    this.person.hold()
  }

  /** Lays down whatever is in hand: gestures, typing, selection, tool. */
  rest(): void {
    this.person.hold().up()
    for (let step = 0; step < 8; step++) this.person.press('Escape')
  }

  readonly #acts: readonly (() => void)[] = [
    () => this.#tool(),
    () => this.#tool(),
    () => this.#command(),
    () => this.#command(),
    () => this.#command(),
    () => this.person.press(this.#pick(KEYS) ?? 'Escape'),
    () => this.person.click(...this.#place()),
    () => this.person.doubleClick(...this.#place()),
    () => this.person.type(this.#pick(['ab ', 'é', '\n', '👍', 'a longer word']) ?? ''),
    () => this.#interrupted(),
    () => this.person.drag(...this.#place(), ...this.#place()),
    () => this.person.drag(...this.#place(), ...this.#place()),
    () => this.#dragSelected(),
    () => this.#dragSelected(),
    () => this.#selectSome(),
    () => this.#style(),
    () => this.#settings(),
  ]

  #place(): [number, number] {
    return [this.#below(900), this.#below(700)]
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#below(items.length)]
  }

  #tool(): void {
    const tool = this.#below(3) === 0 ? 'select' : this.#pick([...tools.keys()])
    this.person.tool(tool ?? 'select')
  }

  #command(): void {
    const possible = COMMANDS.filter((command) => this.person.editor.can(command))
    const command = this.#pick(possible)
    if (command) this.person.editor.run(command)
  }

  #interrupted(): void {
    this.person
      .wait(1_000)
      .down(...this.#place())
      .move(...this.#place())
    this.person.press(this.#pick(['Escape', 'Ctrl+Z', 'Delete', 'V', 'Ctrl+D']) ?? 'Escape')
    this.person.move(...this.#place()).up()
  }

  /** From within something selected, or from one of its handles. */
  #dragSelected(): void {
    const element = this.#pick(this.person.editor.selectedElements())
    if (!element) return
    const { x, y, zoom } = this.person.editor.state.camera
    const [u, v] = [this.#below(3) / 2, this.#below(3) / 2]
    const gap = (part: number): number => (part - 0.5) * 8
    const from = [
      (element.position[0] + element.size[0] * u - x) * zoom + gap(u),
      (element.position[1] + element.size[1] * v - y) * zoom + gap(v),
    ] as const
    this.person.drag(...from, ...this.#place())
  }

  #selectSome(): void {
    const elements = this.person.elements.filter(() => this.#below(5) === 0)
    this.person.editor.select(elements.map(({ id }) => id))
  }

  #style(): void {
    const key = this.#pick(Object.keys(this.person.editor.state.styles) as (keyof EditorState['styles'])[])
    const value = key && this.#pick(fieldValues[key] ?? [])
    if (key === undefined || value === undefined) return
    if (this.#below(4) === 0) this.person.editor.previewStyle(key, value as Style[StyleKey])
    else this.person.editor.setStyle(key, value as Style[StyleKey])
  }

  #settings(): void {
    const pattern = this.#pick(PATTERNS) ?? 'dots'
    const gridStep = 10 + this.#below(3) * 15
    this.person.board.transact('user', (edit) => edit.configure({ pattern, gridStep }))
  }
}
