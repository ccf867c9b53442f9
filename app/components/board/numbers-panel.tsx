'use client'

import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { NumberFields, NumberKey, Numbers } from '../../../whiteboard/index.ts'
import { IconButton } from './icon-button.tsx'
import type { PanelProps } from './panels.tsx'
import { useEditor } from './session-context.tsx'
import { SidePanel } from './side-panel.tsx'

const FIELDS: readonly { readonly key: NumberKey; readonly short: string; readonly label: string }[] = [
  { key: 'x', short: 'X', label: 'From the left' },
  { key: 'y', short: 'Y', label: 'From the top' },
  { key: 'width', short: 'W', label: 'Width' },
  { key: 'height', short: 'H', label: 'Height' },
  { key: 'rotation', short: '°', label: 'Angle in degrees' },
]

/** The numbers before, where nothing differs. */
const kept = (before: Numbers | null, now: Numbers | null): Numbers | null =>
  before && now && FIELDS.every(({ key }) => before[key] === now[key]) ? before : now

/** The fields, once they are loaded, and what they show now. */
const useNumbers = (): { fields: NumberFields | null; numbers: Numbers | null } => {
  const editor = useEditor()
  const [fields, setFields] = useState<NumberFields | null>(null)
  const [numbers, setNumbers] = useState<Numbers | null>(null)
  useEffect(() => {
    let gone = false
    void editor.numberFields().then((loaded) => gone || setFields(loaded))
    return () => {
      gone = true
    }
  }, [editor])
  useEffect(() => {
    if (!fields) return
    const read = () => setNumbers((before) => kept(before, fields.read()))
    read()
    const ends = [editor.subscribe(read), editor.board.subscribe(read), editor.onPresence(read)]
    return () => {
      for (const end of ends) end()
    }
  }, [editor, fields])
  return { fields, numbers }
}

interface FieldProps {
  readonly short: string
  readonly label: string
  readonly value: number | 'mixed' | null
  /** Whether it could be read. */
  readonly write: (written: string) => boolean
}

/** What is written counts on Enter, with the arrow keys (by 1, with Shift by 10), and when the field is left. */
const useWritten = (write: FieldProps['write']) => {
  const [written, setWritten] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const commit = (): boolean => {
    const isRead = written === null || written.trim() === '' || write(written)
    setWrong(!isRead)
    if (isRead) setWritten(null)
    return isRead
  }
  const set = (text: string | null) => {
    setWritten(text)
    setWrong(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.shiftKey ? 10 : 1
    if (event.key === 'Enter') commit()
    else if (event.key === 'Escape' && written !== null) set(null)
    else if (event.key === 'ArrowUp' && commit()) write(`+${step}`)
    else if (event.key === 'ArrowDown' && commit()) write(`-=${step}`)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { written, wrong, set, commit, onKeyDown }
}

const Field = ({ short, label, value, write }: FieldProps) => {
  const id = useId()
  const { written, wrong, set, commit, onKeyDown } = useWritten(write)
  const shown = typeof value === 'number' ? String(value) : ''
  return (
    <div className="border-line focus-within:border-accent has-aria-invalid:border-danger flex min-w-0 items-center rounded-lg border">
      <label htmlFor={id} className="text-faint w-6 shrink-0 text-center text-xs">
        <span aria-hidden>{short}</span>
        <span className="sr-only">{label}</span>
      </label>
      <input
        id={id}
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        disabled={value === null}
        placeholder={value === 'mixed' ? 'Mixed' : '–'}
        value={written ?? shown}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => set(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          if (!commit()) set(null)
        }}
        onKeyDown={onKeyDown}
        className="placeholder:text-faint h-8 min-w-0 flex-1 bg-transparent pr-2 text-sm tabular-nums outline-none disabled:opacity-50 pointer-coarse:h-11 pointer-coarse:text-base"
      />
    </div>
  )
}

/** Who opens the panel for something selected goes on with its first number; fingers point at the one they want. */
const useFirstFocus = (isReady: boolean) => {
  const editor = useEditor()
  const first = useRef<HTMLDivElement>(null)
  const isDue = useRef(editor.state.selection.size > 0)
  useEffect(() => {
    if (!isReady || !isDue.current) return
    isDue.current = false
    if (!matchMedia('(pointer: coarse)').matches) first.current?.querySelector('input')?.focus()
  }, [isReady])
  return first
}

const NumbersSection = ({ close }: { close: () => void }) => {
  const { fields, numbers } = useNumbers()
  const first = useFirstFocus(numbers !== null)
  return (
    <SidePanel label="Numbers" close={close} className="z-10 p-2 sm:w-52 roomy:top-32">
      <div className="flex items-center justify-between pb-1 pl-1">
        <h2 className="text-faint text-xs font-medium">Numbers</h2>
        <IconButton Icon={X} label="Close" className="size-7! pointer-coarse:size-10!" onClick={close} />
      </div>
      {numbers ? (
        <div ref={first} className="grid grid-cols-2 gap-1.5">
          {FIELDS.map(({ key, short, label }) => (
            <Field
              key={key}
              short={short}
              label={label}
              value={numbers[key]}
              write={(written) => fields?.write(key, written) ?? false}
            />
          ))}
        </div>
      ) : (
        <p className="text-soft px-1 pb-1 text-sm">Select something to see its numbers.</p>
      )}
    </SidePanel>
  )
}

/** Place, size and angle of what is selected, to the point. */
const NumbersPanel = ({ open, close }: PanelProps) => (open ? <NumbersSection close={close} /> : null)

export default NumbersPanel
