'use client'

import { type CSSProperties, useEffect, useState } from 'react'
import { Keys } from './keys.tsx'

interface Shown {
  readonly label: string
  readonly keys: string | undefined
  readonly style: CSSProperties
}

/** Milliseconds before a tip shows, and after one within which the next shows at once. */
const DELAY = 500
const WARM = 300
/** CSS pixels: distance from the control, and from the window's edges. */
const GAP = 8

const placed = (control: HTMLElement): CSSProperties => {
  const { left, width, top, bottom } = control.getBoundingClientRect()
  const x = left + width / 2
  return control.dataset.tipSide === 'bottom'
    ? { left: x, top: bottom + GAP, transform: 'translateX(-50%)' }
    : { left: x, bottom: window.innerHeight - top + GAP, transform: 'translateX(-50%)' }
}

/** Moves a tip that would stand out of the window back into it. */
const keepInside = (tip: HTMLElement | null): void => {
  if (!tip) return
  const { left, right } = tip.getBoundingClientRect()
  const shift = Math.max(GAP - left, 0) + Math.min(window.innerWidth - GAP - right, 0)
  if (shift !== 0) tip.style.marginLeft = `${shift}px`
}

const controlOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null

/** Follows pointer and focus over everything that has a tip; `show` gets null when there is nothing to show. */
const listen = (show: (shown: Shown | null) => void): (() => void) => {
  let current: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = Number.NEGATIVE_INFINITY
  let visible = false
  /** What a control says may change while its tip is shown. */
  const changes = new MutationObserver(() => current && tell(current))
  const tell = (control: HTMLElement) =>
    show({ label: control.dataset.tip ?? '', keys: control.dataset.tipKeys, style: placed(control) })
  const hide = () => {
    clearTimeout(timer)
    current = null
    if (!visible) return
    visible = false
    changes.disconnect()
    hiddenAt = performance.now()
    show(null)
  }
  const point = (control: HTMLElement | null) => {
    if (control === current) return
    hide()
    current = control
    if (!control) return
    const open = () => {
      // What is open beside the control says more than its tip.
      if (!control.isConnected || control.matches('[data-popup-open], [aria-expanded="true"]')) return
      visible = true
      tell(control)
      changes.observe(control, { attributeFilter: ['data-tip'] })
    }
    timer = setTimeout(open, performance.now() - hiddenAt < WARM ? 0 : DELAY)
  }
  const onOver = (event: PointerEvent) => event.pointerType === 'mouse' && point(controlOf(event))
  const onFocus = (event: FocusEvent) => {
    const control = controlOf(event)
    if (control?.matches(':focus-visible')) point(control)
  }
  const ends = new AbortController()
  const options = { signal: ends.signal, capture: true, passive: true }
  document.addEventListener('pointerover', onOver, options)
  // The pointer may be over a control already.
  document.addEventListener('pointermove', onOver, { ...options, once: true })
  document.addEventListener('focusin', onFocus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('pointerdown', hide, options)
  document.addEventListener('keydown', hide, options)
  document.addEventListener('wheel', hide, options)
  return () => {
    ends.abort()
    changes.disconnect()
    clearTimeout(timer)
  }
}

/** The one tip of the page: a whole library for each button would weigh more than the toolbar itself. */
export const TooltipLayer = () => {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => listen(setShown), [])
  if (!shown) return null
  return (
    <div
      key={`${shown.label} ${shown.style.left}`}
      ref={keepInside}
      aria-hidden
      style={shown.style}
      className="panel shadow-float tooltip-motion pointer-events-none fixed z-50 flex w-max max-w-[min(18rem,calc(100vw-1rem))] items-center gap-2.5 rounded-lg! px-2.5 py-1.5 text-sm"
    >
      {shown.label}
      {shown.keys && <Keys keys={shown.keys} />}
    </div>
  )
}
