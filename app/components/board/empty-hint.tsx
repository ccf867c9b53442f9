'use client'

import { useEditorState, useLoaded } from './session-context.tsx'

/** What to do with an empty board. Gone with the first stroke. */
export const EmptyHint = () => {
  const loaded = useLoaded()
  const shown = useEditorState(
    ({ empty, busy, canEdit, editing, tool }) =>
      empty && !busy && canEdit && editing === null && tool === 'select',
  )
  if (!shown || !loaded) return null
  return (
    <div className="font-hand text-faint pointer-events-none absolute inset-x-6 bottom-40 flex short:bottom-24 flex-col items-center text-center text-xl roomy:bottom-24">
      <p>Pick a tool and draw,</p>
      <p>
        or <span className="pointer-coarse:hidden">double-click</span>
        <span className="hidden pointer-coarse:inline">double-tap</span> to write
      </p>
      <svg
        viewBox="0 0 40 60"
        aria-hidden="true"
        className="mt-2 h-14 max-roomy:hidden"
        fill="none"
        stroke="currentColor"
      >
        <path
          d="M22 3c-8 14 8 22 0 34-2 4-3 8-3 14M11 42l8 11 7-12"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </div>
  )
}
