'use client'

import { FolderOpen } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../components/ui/button.tsx'
import { notify } from '../components/ui/toasts.tsx'
import { api, wordsFor } from '../lib/api.ts'
import { boardsApi } from '../lib/boards-api.ts'
import { handOver } from '../lib/hand-over.ts'

const ACCEPTED = '.excalidraw,.drawbridge,.json,.png,.svg,image/*,application/json'

const titleOf = (files: readonly File[]): string =>
  (files[0]?.name ?? '')
    .replace(/\.[a-z0-9]{1,12}$/i, '')
    .trim()
    .slice(0, 200)

/** Makes a board for files, hands them over to it and goes there; what they are, the board will see. */
const openOnNewBoard = async (files: readonly File[]): Promise<void> => {
  const { id } = await boardsApi.createBoard()
  const title = titleOf(files)
  if (title !== '') await api.renameBoard(id, title).catch(() => undefined)
  await handOver(id, files)
  location.assign(`/b/${id}`)
}

/** Opens files on a new board, one set at a time; says why where it fails. */
export const useOpening = () => {
  const [busy, setBusy] = useState(false)
  const open = useCallback(async (files: readonly File[]) => {
    if (files.length === 0) return
    setBusy(true)
    try {
      await openOnNewBoard(files)
    } catch (failure) {
      setBusy(false)
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }, [])
  return { busy, open }
}

type Open = (files: readonly File[]) => void

export const OpenFileButton = ({ busy, open }: { busy: boolean; open: Open }) => {
  const choose = () => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', multiple: true, accept: ACCEPTED })
    input.addEventListener('change', () => open([...(input.files ?? [])]))
    input.click()
  }
  return (
    <Button onClick={choose} disabled={busy}>
      <FolderOpen aria-hidden className="size-5" /> Open a file
    </Button>
  )
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** Shows, while files are held over the page, that they may be dropped anywhere on it, and opens them. */
export const BoardDrop = ({ open }: { open: Open }) => {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const ends = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) =>
      window.addEventListener(type, run, { signal: ends.signal })
    listen('dragover', (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    })
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    listen('drop', (event) => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      open([...(event.dataTransfer?.files ?? [])])
    })
    return () => ends.abort()
  }, [open])
  if (!over) return null
  return (
    <div
      aria-hidden
      className="border-accent bg-accent-soft/45 pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-2xl border-2 border-dashed"
    >
      <p className="panel shadow-float px-5 py-3 font-medium">Drop to open it on a new board</p>
    </div>
  )
}
