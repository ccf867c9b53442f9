'use client'

import { Suspense } from 'react'
import { late } from '../ui/late.ts'
import { useEditorState } from './session-context.tsx'

const Exits = late(() => import('./mode-exits.tsx'))
const ConnectingHint = late(() => import('./connecting-hint.tsx'))

/** Whether everything round the board is hidden. */
export const useBare = (): boolean =>
  useEditorState(({ modes }) => modes.focused || modes.presenting !== null || modes.lookingBack)

/** The ways back from looking at the board in another way, and what an arrow still waits for. */
export const ModeExits = () => {
  const exits = useEditorState(({ modes }) => modes.focused || modes.viewing)
  const connecting = useEditorState(({ connectingFrom }) => connectingFrom !== null)
  if (!exits && !connecting) return null
  return (
    <Suspense fallback={null}>
      {exits && <Exits />}
      {connecting && <ConnectingHint />}
    </Suspense>
  )
}
