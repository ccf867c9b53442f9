'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { focusBoard } from '../../lib/focus-board.ts'
import { useEscape } from './escape.ts'
import { IconButton } from './icon-button.tsx'

interface SidePanelProps {
  readonly label: string
  /** Its heading, with a button beside it that closes the panel; without it the panel brings its own. */
  readonly title?: string
  readonly close: () => void
  /** A selector: what in it has the focus first. Without it the focus stays where it is. */
  readonly focus?: string
  readonly className: string
  readonly children: ReactNode
}

/**
 * A panel that lies over the board at its right edge, or, on a phone, above the toolbar. Escape closes it, and the board
 * gets the focus.
 */
export const SidePanel = ({ label, title, close, focus, className, children }: SidePanelProps) => {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (focus) panel.current?.querySelector<HTMLElement>(focus)?.focus()
  }, [focus])
  const onKeyDown = useEscape(label, () => {
    close()
    focusBoard()
  })
  return (
    <section
      ref={panel}
      data-panel={label}
      aria-label={label}
      onKeyDown={onKeyDown}
      className={`panel shadow-float absolute inset-x-2 bottom-[calc(8rem+env(safe-area-inset-bottom))] sm:inset-x-auto sm:top-18 sm:right-3 sm:bottom-auto ${className}`}
    >
      {title && (
        <div className="-mr-1.5 flex items-center justify-between">
          <h2 className="font-medium">{title}</h2>
          <IconButton Icon={X} label="Close" onClick={close} />
        </div>
      )}
      {children}
    </section>
  )
}
