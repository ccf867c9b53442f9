'use client'

import { Search } from 'lucide-react'
import { type RefObject, useDeferredValue, useRef, useState } from 'react'
import { type Shortcut, shortcuts } from '../../../whiteboard/index.ts'
import { keyCaps } from '../../lib/keys.ts'
import { useMedia } from '../../lib/use-media.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import type { PanelProps } from './panels.tsx'

type Group = Shortcut['group']
interface Row {
  readonly label: string
  readonly keys: readonly string[]
}

/** One row for each label: the four arrow keys that do the same thing stand together. */
const rowsOf = (group: Group): Row[] => {
  const rows = new Map<string, string[]>()
  for (const { label, keys } of shortcuts.filter((shortcut) => shortcut.group === group)) {
    rows.set(label, [...(rows.get(label) ?? []), ...keys])
  }
  return [...rows].map(([label, keys]) => ({ label, keys }))
}

const groups: readonly Group[] = [...new Set(shortcuts.map(({ group }) => group))]

/** Fingers come first where there may be no keyboard. */
const touchGroups: readonly Group[] = ['Gestures', ...groups.filter((group) => group !== 'Gestures')]

/** By its words, its group, or its keys as they are written here: `ctrl+z`, `⌘ z`. */
const isFound = (query: string, group: Group, { label, keys }: Row): boolean => {
  const words = query
    .toLowerCase()
    .split(/[\s+]+/)
    .filter(Boolean)
  const text = [label, group, ...keys.flatMap((each) => [each, ...keyCaps(each)])].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

const Rows = ({ rows }: { rows: readonly Row[] }) => (
  <dl>
    {rows.map(({ label, keys }) => (
      <div key={label} className="border-line flex items-start gap-4 border-b py-1.5 text-sm last:border-0">
        <dt className="min-w-2/5 py-0.5">{label}</dt>
        <dd className="ml-auto flex flex-wrap justify-end gap-x-3 gap-y-1">
          {keys.map((each) => (
            <Keys key={each} keys={each} />
          ))}
        </dd>
      </div>
    ))}
  </dl>
)

const Shortcuts = ({ touch, input }: { touch: boolean; input: RefObject<HTMLInputElement | null> }) => {
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const found = (touch ? touchGroups : groups)
    .map((group) => ({ group, rows: rowsOf(group).filter((row) => isFound(wanted, group, row)) }))
    .filter(({ rows }) => rows.length > 0)
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0)
  return (
    <>
      <div className="bg-surface sticky -top-4 z-10 -mx-1 -mt-4 px-1 pt-4 pb-4">
        <label className="field has-focus-visible:border-accent flex h-10! items-center gap-2.5 pointer-coarse:h-11!">
          <Search aria-hidden className="text-faint size-4.5 shrink-0" />
          <input
            ref={input}
            type="search"
            aria-label="Search the help"
            placeholder="Search for words or keys"
            value={query}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setQuery(event.target.value)}
            className="placeholder:text-faint min-w-0 flex-1 bg-transparent outline-none"
          />
        </label>
      </div>
      <div className="min-h-[60dvh] gap-x-10 sm:columns-2">
        {found.map(({ group, rows }) => (
          <section key={group} className="mb-6 break-inside-avoid-column">
            <h3 className="text-faint mb-1 text-xs font-medium">{group}</h3>
            <Rows rows={rows} />
          </section>
        ))}
      </div>
      {count === 0 && <p className="text-soft text-sm">Nothing is called that.</p>}
      <p role="status" className="sr-only">
        {wanted.trim() === '' ? '' : count === 1 ? '1 found' : `${count} found`}
      </p>
    </>
  )
}

/** Every shortcut and gesture, by what it is about. */
const HelpDialog = ({ open, close }: PanelProps) => {
  const touch = useMedia('(pointer: coarse)')
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Help and shortcuts"
      wide
      initialFocus={touch ? undefined : input}
    >
      <Shortcuts touch={touch} input={input} />
    </Dialog>
  )
}

export default HelpDialog
