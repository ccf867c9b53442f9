'use client'

import { lazy, Suspense } from 'react'
import { useEditorState } from './session-context.tsx'

const Exits = lazy(() => import('./mode-exits.tsx'))

/** Whether everything round the board is hidden. */
export const useBare = (): boolean =>
  useEditorState(({ modes }) => modes.focused || modes.presenting !== null)

/** The ways back from looking at the board in another way. */
export const ModeExits = () => {
  const needed = useEditorState(({ modes }) => modes.focused || modes.viewing)
  if (!needed) return null
  return (
    <Suspense fallback={null}>
      <Exits />
    </Suspense>
  )
}
