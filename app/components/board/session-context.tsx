'use client'

import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { BoardSettings, Editor, EditorState, Peer, SyncStatus } from '../../../whiteboard/index.ts'
import type { BoardRole } from '../../lib/api.ts'
import type { BoardSession } from '../../lib/board-session.ts'

/** The open board, and who looks at it. */
export interface OpenBoard {
  readonly id: string
  readonly role: BoardRole
  readonly person: { readonly id: string; readonly name: string; readonly isGuest: boolean }
  readonly session: BoardSession
}

export const OpenBoardContext = createContext<OpenBoard | null>(null)

export const useOpenBoard = (): OpenBoard => {
  const open = use(OpenBoardContext)
  if (!open) throw new Error('Only inside an open board')
  return open
}

export const useEditor = (): Editor => useOpenBoard().session.editor

/** A part of the editor's state; the component is drawn anew only when that part changed (compared by identity). */
export const useEditorState = <Part,>(select: (state: EditorState) => Part): Part => {
  const { editor, watchEditor } = useOpenBoard().session
  return useSyncExternalStore(watchEditor, () => select(editor.state))
}

/** Something that follows from what is selected and what is on the board; `read` returns a plain value. */
export const useSelectionFact = <Fact extends string | number | boolean>(
  read: (editor: Editor) => Fact,
): Fact => {
  const editor = useEditor()
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [editor.subscribe(listener), editor.board.subscribe(listener)]
      return () => {
        for (const end of ends) end()
      }
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, () => read(editor))
}

/** What belongs to the board as a whole. */
export const useSettings = (): BoardSettings => {
  const { board } = useEditor()
  const subscribe = useCallback((listener: () => void) => board.subscribe(listener), [board])
  return useSyncExternalStore(subscribe, () => board.settings)
}

export const useFollowing = (): number | null => {
  const { editor, watchEditor } = useOpenBoard().session
  return useSyncExternalStore(watchEditor, () => editor.following)
}

export const usePeers = (): readonly Peer[] => {
  const { peers } = useOpenBoard().session
  return useSyncExternalStore(peers.subscribe, peers.current)
}

export const useSyncStatus = (): SyncStatus => {
  const { sync, watchSync } = useOpenBoard().session
  return useSyncExternalStore(watchSync, () => sync.status)
}

export const useLoaded = (): boolean => {
  const { sync, watchSync } = useOpenBoard().session
  return useSyncExternalStore(watchSync, () => sync.loaded)
}
