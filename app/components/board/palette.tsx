'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import {
  type Command,
  commandTable,
  type Editor,
  entriesOf,
  type InterfaceAction,
  interfaceTable,
} from '../../../whiteboard/index.ts'
import { toolKeys } from '../../lib/keys.ts'
import { search } from '../../lib/palette-search.ts'
import { recall, remember } from '../../lib/recent-commands.ts'
import { Keys } from '../ui/keys.tsx'
import { type PanelProps, usePanels } from './panels.tsx'
import { useEditor } from './session-context.tsx'
import { TOOLS } from './tool-bar/tools.ts'

interface Item {
  readonly name: string
  readonly label: string
  readonly group: string
  readonly keys: string | undefined
  /** Whether it would do something now. */
  readonly works: boolean
  readonly run: () => void
}

/** The others are there for whoever may look at the board. */
const FOR_EDITORS: ReadonlySet<string> = new Set<InterfaceAction>([
  'open-file',
  'history',
  'background',
  'link',
  'pick-stroke',
  'pick-fill',
  'pick-font',
  'eyedropper',
])

const itemsFor = (editor: Editor, act: (name: InterfaceAction) => void): Item[] => [
  ...entriesOf(commandTable).map(([name, { label, group, keys }]) => ({
    name,
    label,
    group,
    keys: keys[0],
    works: editor.can(name as Command),
    run: () => editor.run(name),
  })),
  ...TOOLS.filter(({ edits }) => editor.state.canEdit || !edits).map(({ id, label }) => ({
    name: `tool-${id}`,
    label,
    group: 'Tools',
    keys: toolKeys(id)[0],
    works: true,
    run: () => editor.setTool(id),
  })),
  ...entriesOf(interfaceTable)
    .filter(([name]) => name !== 'palette')
    .map(([name, { label, group, keys }]) => ({
      name,
      label,
      group,
      keys: keys[0],
      works: editor.state.canEdit || !FOR_EDITORS.has(name),
      run: () => act(name),
    })),
]

const Row = ({ item, id, chosen, onRun }: { item: Item; id: string; chosen: boolean; onRun: () => void }) => {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the focus, and Enter in it runs the row.
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-disabled={!item.works}
      onClick={onRun}
      className="aria-selected:bg-hover hover:bg-hover aria-disabled:text-faint flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 py-1.5 text-sm pointer-coarse:min-h-11"
    >
      <span className="min-w-0 truncate">{item.label}</span>
      <span className="text-faint text-xs">{item.group}</span>
      {chosen && !item.works && <span className="ml-auto shrink-0 pl-3 text-xs">Not possible just now</span>}
      {item.keys && !(chosen && !item.works) && (
        <span className="ml-auto pl-3 pointer-coarse:hidden">
          <Keys keys={item.keys} />
        </span>
      )}
    </div>
  )
}

/** What would do something now stands above what has nothing to do it to. */
const worksFirst = (items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => Number(b.works) - Number(a.works))

interface SearchFieldProps {
  readonly query: string
  readonly setQuery: (query: string) => void
  /** Ids of the list of what was found, and of the row that Enter runs. */
  readonly list: string
  readonly active: string | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const SearchField = ({ query, setQuery, list, active, onKeyDown }: SearchFieldProps) => (
  <div className="border-line flex items-center gap-3 border-b px-4">
    <Search aria-hidden className="text-faint size-5 shrink-0" />
    <input
      role="combobox"
      aria-label="Search commands"
      aria-expanded="true"
      aria-controls={list}
      aria-activedescendant={active}
      placeholder="What do you want to do?"
      autoComplete="off"
      spellCheck={false}
      value={query}
      onChange={(event) => setQuery(event.target.value)}
      onKeyDown={onKeyDown}
      className="placeholder:text-faint h-13 w-full bg-transparent text-base outline-none"
    />
  </div>
)

const Results = ({ onRun }: { onRun: (item: Item) => void }) => {
  const editor = useEditor()
  const { act } = usePanels()
  const list = useId()
  const [items] = useState(() => itemsFor(editor, act))
  const [recent] = useState(recall)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = worksFirst(search(query, items, recent))
  const run = (item: Item | undefined) => {
    if (!item?.works) return
    remember(item.name)
    onRun(item)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step) setChosen(Math.max(0, Math.min(found.length - 1, chosen + step)))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(found[chosen])
    else return
    event.preventDefault()
  }
  return (
    <>
      <SearchField
        query={query}
        setQuery={(text) => {
          setQuery(text)
          setChosen(0)
        }}
        list={list}
        active={found[chosen] ? `${list}-${chosen}` : undefined}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label="Commands" tabIndex={-1} className="overflow-y-auto p-2">
        {found.map((item, index) => (
          <Row
            key={item.name}
            item={item}
            id={`${list}-${index}`}
            chosen={index === chosen}
            onRun={() => run(item)}
          />
        ))}
      </div>
      {found.length === 0 && <p className="text-soft px-5 pb-5 text-sm">Nothing is called that.</p>}
      <p role="status" className="sr-only">
        {found.length === 1 ? '1 command' : `${found.length} commands`}
      </p>
    </>
  )
}

/** Every command, tool and panel, found by typing a part of its name. */
const Palette = ({ open, close }: PanelProps) => {
  /** What was chosen may open something that takes the focus: then it must not go back to the board. */
  const chosen = useRef(false)
  useEffect(() => {
    if (open) chosen.current = false
  }, [open])
  const onRun = (item: Item) => {
    chosen.current = item.name in interfaceTable
    close()
    item.run()
  }
  return (
    <Base.Root open={open} onOpenChange={close}>
      <Base.Portal>
        <Base.Backdrop className="bg-veil fixed inset-0 z-40" />
        <Base.Popup
          finalFocus={() => !chosen.current}
          className="panel shadow-float popup-motion fixed top-[12dvh] left-1/2 z-40 flex max-h-[70dvh] w-[calc(100%-1rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden outline-none"
        >
          <Base.Title className="sr-only">Command palette</Base.Title>
          <Results onRun={onRun} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export default Palette
