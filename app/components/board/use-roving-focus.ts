import { type KeyboardEvent, type RefObject, useEffect } from 'react'

const buttonsOf = (bar: HTMLElement): HTMLElement[] => [
  ...bar.querySelectorAll<HTMLElement>('button:not(:disabled)'),
]

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** Lets Tab come to one button only: the one that had the focus last, or else the pressed one. */
const keepOneStop = (bar: HTMLElement): void => {
  const buttons = buttonsOf(bar)
  const stop =
    buttons.find((button) => button === document.activeElement) ??
    buttons.find((button) => button.ariaPressed === 'true') ??
    buttons[0]
  for (const button of buttons) {
    const wanted = button === stop ? 0 : -1
    if (button.tabIndex !== wanted) button.tabIndex = wanted
  }
}

/** Makes a toolbar one stop of Tab, within which the arrow keys, Home and End move. The answer goes on its element. */
export const useRovingFocus = (
  bar: RefObject<HTMLElement | null>,
): ((event: KeyboardEvent<HTMLElement>) => void) => {
  useEffect(() => {
    const element = bar.current
    if (!element) return
    const update = () => keepOneStop(element)
    update()
    const changes = new MutationObserver(update)
    changes.observe(element, {
      subtree: true,
      childList: true,
      attributeFilter: ['aria-pressed', 'tabindex'],
    })
    element.addEventListener('focusin', update)
    return () => {
      changes.disconnect()
      element.removeEventListener('focusin', update)
    }
  }, [bar])
  return (event) => {
    const step = STEPS[event.key]
    if (!step || !bar.current || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const buttons = buttonsOf(bar.current)
    const at = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1
    if (at === -1) return
    event.preventDefault()
    buttons[step(at, buttons.length - 1)]?.focus()
  }
}
