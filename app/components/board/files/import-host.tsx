'use client'

import { type RefObject, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { screenPoint } from '../../../../whiteboard/index.ts'
import { isAwaited } from '../../../lib/hand-over.ts'
import { late } from '../../ui/late.ts'
import { useEditorState, useLoaded, useOpenBoard } from '../session-context.tsx'
import { ENTRY_TYPE, importState, watchImport } from './import-state.ts'

const ImportView = late(() => import('./import-view.tsx'))

const flow = () => import('./import-flow.ts')

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
const hasEntry = (event: DragEvent): boolean => event.dataTransfer?.types.includes(ENTRY_TYPE) === true

/** Takes files that are dropped anywhere on the board; true while some are held over it. */
const useDrops = (host: RefObject<HTMLElement | null>): boolean => {
  const board = useOpenBoard()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const ends = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) =>
      window.addEventListener(type, run, { signal: ends.signal, capture: true })
    listen('dragover', (event) => {
      if (hasEntry(event)) event.preventDefault()
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer)
        event.dataTransfer.dropEffect = board.session.editor.state.canEdit ? 'copy' : 'none'
      setOver(true)
    })
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    listen('drop', (event) => {
      setOver(false)
      if (!hasFiles(event) && !hasEntry(event)) return
      event.preventDefault()
      const bounds = host.current?.getBoundingClientRect()
      const at = screenPoint(event.clientX - (bounds?.left ?? 0), event.clientY - (bounds?.top ?? 0))
      const entry = event.dataTransfer?.getData(ENTRY_TYPE) ?? ''
      const files = [...(event.dataTransfer?.files ?? [])]
      void flow().then(({ openFiles, putEntry }) =>
        entry === '' ? openFiles(board, files, at) : putEntry(board, entry, at),
      )
    })
    return () => ends.abort()
  }, [board, host])
  return over
}

/** Opens what was dropped on the list of boards, once the board is here and may be changed. */
const useHandOver = (): void => {
  const board = useOpenBoard()
  const loaded = useLoaded()
  const canEdit = useEditorState((state) => state.canEdit)
  const taken = useRef(false)
  useEffect(() => {
    if (!loaded || !canEdit || taken.current || !isAwaited(board.id)) return
    taken.current = true
    void flow().then(({ openHandedOver }) => openHandedOver(board))
  }, [board, canEdit, loaded])
}

/** Where files come in: by drop, or from the list of boards; says how it goes. */
export const ImportHost = ({ host }: { host: RefObject<HTMLElement | null> }) => {
  const over = useDrops(host)
  const canEdit = useEditorState((state) => state.canEdit)
  const state = useSyncExternalStore(watchImport, importState, importState)
  useHandOver()
  return (
    <>
      {over && canEdit && (
        <div
          aria-hidden
          className="border-accent bg-accent-soft/45 pointer-events-none absolute inset-3 z-40 grid place-items-center rounded-2xl border-2 border-dashed"
        >
          <p className="panel shadow-float px-5 py-3 font-medium">Drop to open it here</p>
        </div>
      )}
      {state.type !== 'idle' && (
        <Suspense fallback={null}>
          <ImportView state={state} />
        </Suspense>
      )}
    </>
  )
}
