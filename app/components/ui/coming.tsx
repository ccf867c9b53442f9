import { type ReactNode, useEffect, useEffectEvent } from 'react'

interface ComingProps {
  readonly leave: () => void
  /** Whether one types into it at once: what is typed meanwhile is meant for it, and must not act on the board. */
  readonly typed?: boolean
  readonly children?: ReactNode
}

/** In place of what is still being fetched. Escape calls it off, wherever the focus is. */
export const Coming = ({ leave, typed = false, children }: ComingProps) => {
  const left = useEffectEvent(leave)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') left()
      else if (!typed || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab') return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [typed])
  return children
}
