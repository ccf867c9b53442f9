'use client'

import { MoveUpRight } from 'lucide-react'
import { commandKeys } from '../../lib/keys.ts'
import { Keys } from '../ui/keys.tsx'
import { useEditor } from './session-context.tsx'

/** Shown while an arrow waits for where it leads to; the announcer says the same. */
const ConnectingHint = () => {
  const editor = useEditor()
  return (
    <div className="pointer-events-none absolute inset-x-0 top-18 z-20 flex justify-center px-2">
      <div className="panel shadow-float pointer-events-auto flex min-h-10 items-center gap-2.5 rounded-full! py-1 pr-1 pl-4 text-sm">
        <MoveUpRight aria-hidden className="text-soft size-4 shrink-0" />
        <span>Select what the arrow leads to, then connect again</span>
        <span className="pointer-coarse:hidden">
          <Keys keys={commandKeys('connect') ?? ''} />
        </span>
        <button
          type="button"
          className="button hover:bg-hover text-accent-deep h-8 shrink-0 rounded-full! px-3 pointer-coarse:h-11"
          onClick={() => editor.run('connect')}
        >
          Connect
        </button>
      </div>
    </div>
  )
}

export default ConnectingHint
