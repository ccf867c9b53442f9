'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { focusBoard } from '../../lib/regions.ts'

interface SidePanelProps {
  readonly label: string
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
export const SidePanel = ({ label, close, focus, className, children }: SidePanelProps) => {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (focus) panel.current?.querySelector<HTMLElement>(focus)?.focus()
  }, [focus])
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
    focusBoard()
  }
  return (
    <section
      ref={panel}
      aria-label={label}
      onKeyDown={leave}
      className={`panel shadow-float absolute inset-x-2 bottom-[calc(8rem+env(safe-area-inset-bottom))] sm:inset-x-auto sm:top-18 sm:right-3 sm:bottom-auto ${className}`}
    >
      {children}
    </section>
  )
}
