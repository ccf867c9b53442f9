'use client'

import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { api, wordsFor } from '../../lib/api.ts'
import { notify } from '../ui/toasts.tsx'
import { useOpenBoard, useSyncStatus } from './session-context.tsx'

const look =
  'h-10 max-w-full min-w-0 truncate rounded-lg px-2 text-left font-medium pointer-coarse:h-11 roomy:max-w-lg'

/** Milliseconds between two looks at whether the title is still the same. */
const LOOK_APART = 2000

/** The title as it is now: somebody else's change shows when one comes back to the window, or to the server. */
const useTitle = (first: string) => {
  const { id } = useOpenBoard()
  const offline = useSyncStatus().state === 'offline'
  const [title, setTitle] = useState(first)
  const own = useRef({ renames: 0, offline, lookedAt: 0 })
  useEffect(() => {
    document.title = `${title} · Drawbridge`
  }, [title])
  const look = useCallback(async () => {
    const { renames, lookedAt } = own.current
    if (document.visibilityState === 'hidden' || Date.now() - lookedAt < LOOK_APART) return
    own.current.lookedAt = Date.now()
    const board = await api.getBoard(id).catch(() => null)
    if (board && own.current.renames === renames) setTitle(board.title)
  }, [id])
  useEffect(() => {
    if (own.current.offline && !offline) void look()
    own.current.offline = offline
  }, [offline, look])
  useEffect(() => {
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [look])
  const rename = async (next: string) => {
    own.current.renames += 1
    setTitle(next)
    try {
      setTitle((await api.renameBoard(id, next)).title)
    } catch (failure) {
      setTitle(title)
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }
  return [title, rename] as const
}

/** The board's title; a click edits it, Enter keeps it, Escape does not. */
export const BoardTitle = ({ title: first }: { title: string }) => {
  const { role } = useOpenBoard()
  const [title, rename] = useTitle(first)
  const [editing, setEditing] = useState(false)
  const dropped = useRef(false)
  if (role === 'viewer') return <h1 className={`${look} leading-10 pointer-coarse:leading-11`}>{title}</h1>

  const save = async (raw: string) => {
    setEditing(false)
    const next = raw.trim()
    if (!dropped.current && next !== '' && next !== title) await rename(next)
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
      className={`${look} bg-sunken w-64 pointer-coarse:text-[1rem]`}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => void save(event.target.value)}
      onKeyDown={onKeyDown}
    />
  )
}
