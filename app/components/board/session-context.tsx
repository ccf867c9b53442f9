'use client'

import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { BoardSettings, Editor, EditorState, SyncStatus } from '../../../whiteboard/index.ts'
import type { BoardRole } from '../../lib/api.ts'
import type { BoardSession } from '../../lib/board-session.ts'
import type { Present } from '../../lib/roster.ts'

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

/** Reads anew only when the selection, or what is selected, may be different: with much selected it takes a while. */
const onceATurn = <Fact,>(
  { selection, editor }: BoardSession,
  read: (editor: Editor) => Fact,
): (() => Fact) => {
  let known: { readonly turn: number; readonly fact: Fact } | null = null
  return () => {
    const { turn } = selection
    if (known?.turn !== turn) known = { turn, fact: read(editor) }
    return known.fact
  }
}

/** Something that follows from what is selected and what is on the board; `read` returns a plain value. */
export const useSelectionFact = <Fact extends string | number | boolean>(
  read: (editor: Editor) => Fact,
): Fact => {
  const { session } = useOpenBoard()
  return useSyncExternalStore(session.selection.subscribe, onceATurn(session, read))
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

/** Who else is here; what they do draws nothing anew. */
export const usePresent = (): readonly Present[] => {
  const { peers } = useOpenBoard().session
  return useSyncExternalStore(peers.subscribe, peers.present)
}

export const useSyncStatus = (): SyncStatus => {
  const { sync, watchSync } = useOpenBoard().session
  return useSyncExternalStore(watchSync, () => sync.status)
}

export const useLoaded = (): boolean => {
  const { firstLoad } = useOpenBoard().session
  return useSyncExternalStore(firstLoad.watch, () => firstLoad.loaded)
}

/** Whether the first picture of the board is seen. */
export const useShown = (): boolean => {
  const { firstLoad } = useOpenBoard().session
  return useSyncExternalStore(firstLoad.watch, () => firstLoad.shown)
}
