'use client'

import { Suspense } from 'react'
import { late } from '../ui/late.ts'
import { useEditorState } from './session-context.tsx'
import { useStepAside } from './use-step-aside.ts'

/** Comes with the first selection or drawing tool, not with the page. */
const StylePanel = late(() => import('./style-panel/style-panel.tsx'))

/** Whether there is anything to style: something selected, or a tool that draws. */
const useHasStyles = (): boolean =>
  useEditorState(
    ({ canEdit, selection, styles }) => canEdit && (selection.size > 0 || Object.keys(styles).length > 0),
  )

/** The styles of what is selected, or of what will be drawn: at the side, on phones in a drawer. */
export const StylePanels = ({ phone, open }: { phone: boolean; open: boolean }) => {
  const shown = useHasStyles()
  const aside = useStepAside()
  if (phone) {
    if (!open) return null
    return (
      <section
        aria-label="Style"
        data-style-panel
        className={`panel scroll-hint shadow-float absolute inset-x-2 bottom-[calc(8rem+env(safe-area-inset-bottom))] z-20 max-h-[42dvh] overflow-y-auto p-3 pb-0 ${aside}`}
      >
        {shown ? (
          <Suspense fallback={null}>
            <StylePanel actionsFirst />
          </Suspense>
        ) : (
          <p className="text-soft pb-3 text-sm">Select something, or pick a tool that draws.</p>
        )}
      </section>
    )
  }
  if (!shown) return null
  return (
    <Suspense fallback={null}>
      <section
        aria-label="Style"
        data-style-panel
        className={`panel absolute top-18 left-3 z-20 scroll-hint max-h-[calc(100dvh-9rem)] w-54 scroll-pb-24 pointer-coarse:w-64 overflow-y-auto p-3 pb-0 max-roomy:max-h-[calc(100dvh-13rem)] short:max-h-[calc(100dvh-9rem)] ${aside}`}
      >
        <StylePanel />
      </section>
    </Suspense>
  )
}
