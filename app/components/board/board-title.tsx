'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { api, wordsFor } from '../../lib/api.ts'
import { notify } from '../ui/toasts.tsx'
import { useOpenBoard } from './session-context.tsx'

const look = 'h-10 max-w-full min-w-0 truncate rounded-lg px-2 text-left font-medium pointer-coarse:h-11'

/** The board's title; a click edits it, Enter keeps it, Escape does not. */
export const BoardTitle = ({ title: first }: { title: string }) => {
  const { id, role } = useOpenBoard()
  const [title, setTitle] = useState(first)
  const [editing, setEditing] = useState(false)
  const dropped = useRef(false)
  if (role === 'viewer') return <h1 className={`${look} leading-10 pointer-coarse:leading-11`}>{title}</h1>

  const save = async (raw: string) => {
    setEditing(false)
    const next = raw.trim()
    if (dropped.current || next === '' || next === title) return
    setTitle(next)
    try {
      const renamed = await api.renameBoard(id, next)
      setTitle(renamed.title)
      document.title = `${renamed.title} · Drawbridge`
    } catch (failure) {
      setTitle(title)
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') dropped.current = true
    if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
  }
  if (!editing) {
    return (
      <h1 className="min-w-0">
        <button
          type="button"
          aria-label={`Rename board: ${title}`}
          className={`${look} hover:bg-hover block cursor-text`}
          onClick={() => {
            dropped.current = false
            setEditing(true)
          }}
        >
          {title}
        </button>
      </h1>
    )
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed
      autoFocus
      aria-label="Title of the board"
      defaultValue={title}
      maxLength={200}
      className={`${look} bg-sunken w-64`}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => void save(event.target.value)}
      onKeyDown={onKeyDown}
    />
  )
}
