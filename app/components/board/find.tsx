'use client'

import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ElementId } from '../../../whiteboard/index.ts'
import { focusBoard } from '../../lib/focus-board.ts'
import { useEscape } from './escape.ts'
import { IconButton } from './icon-button.tsx'
import type { PanelProps } from './panels.tsx'
import { useEditor } from './session-context.tsx'

/** Milliseconds between two looks at a board that others change meanwhile. */
const LOOK_AGAIN = 300

/** What is found now, kept up with the board. */
const useFound = (query: string): readonly ElementId[] => {
  const editor = useEditor()
  const [found, setFound] = useState<readonly ElementId[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      setFound(editor.find(query))
    }
    look()
    const end = editor.board.subscribe(() => {
      timer ??= setTimeout(look, LOOK_AGAIN)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [editor, query])
  return found
}

const words = (query: string, at: number, count: number): string => {
  if (query.trim() === '') return ''
  if (count === 0) return 'Not found'
  return at === -1 ? `${count} found` : `${at + 1} of ${count}`
}

const FindBar = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  const input = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState<ElementId | null>(null)
  const found = useFound(query)
  const at = current === null ? -1 : found.indexOf(current)
  const show = (id: ElementId | undefined) => {
    if (id === undefined) return
    setCurrent(id)
    editor.showFound(id)
  }
  const step = (by: 1 | -1) =>
    show(found[(at === -1 && by === -1 ? 0 : at + by + found.length) % found.length])
  const end = useEffectEvent(() => {
    editor.find('')
    if (current !== null) editor.select([current])
  })
  useEffect(() => {
    input.current?.focus()
    return () => end()
  }, [])
  const onEscape = useEscape('find', () => {
    close()
    focusBoard()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    step(event.shiftKey ? -1 : 1)
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <search
      data-panel="find"
      onKeyDown={onEscape}
      aria-label="Find on the board"
      className="panel shadow-float absolute top-[calc(4.25rem+env(safe-area-inset-top))] right-2 left-2 z-20 flex items-center gap-1 p-1 pl-3 sm:left-auto sm:w-96 lg:right-3"
    >
      <Search aria-hidden className="text-faint size-4.5 shrink-0" />
      <input
        ref={input}
        aria-label="Find on the board"
        placeholder="Find text, names, links"
        value={query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value)
          show(editor.find(event.target.value)[0])
        }}
        onKeyDown={onKeyDown}
        className="placeholder:text-faint h-10 min-w-0 flex-1 bg-transparent text-base outline-none"
      />
      <output className="text-soft shrink-0 text-sm tabular-nums">{words(query, at, found.length)}</output>
      <IconButton Icon={ChevronUp} label="Previous" disabled={found.length === 0} onClick={() => step(-1)} />
      <IconButton Icon={ChevronDown} label="Next" disabled={found.length === 0} onClick={() => step(1)} />
      <IconButton Icon={X} label="Close" onClick={close} />
    </search>
  )
}

/** Searches all that is written on the board; what is found is marked, and looked at one after the other. */
const Find = ({ open, close }: PanelProps) => (open ? <FindBar close={close} /> : null)

export default Find
