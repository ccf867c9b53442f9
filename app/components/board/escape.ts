import { type KeyboardEvent as Pressed, useEffect, useEffectEvent } from 'react'

interface OpenPanel {
  /** What all its elements have in `data-panel`. */
  readonly name: string
  readonly leave: () => void
  /** Whether it is made to stay while one works: Escape leaves it only for whoever is in it. */
  readonly lasting: boolean
}

/**
 * The open panels and the board; what was opened or used last stands last, and Escape is for it. Where the focus is says
 * little: it gets lost with what had it, and is given back late, to whatever had it before.
 */
let order: readonly (OpenPanel | 'board')[] = ['board']

/** Whether Tab or F6 moves the focus just now: then a person moves it, and not what opens and closes. */
let isMoving = false

const raise = (used: OpenPanel | 'board'): void => {
  if (order.at(-1) !== used) order = [...order.filter((each) => each !== used), used]
}

const nameOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-panel]')?.dataset.panel : undefined

const panelAt = (target: EventTarget | null): OpenPanel | undefined => {
  const name = nameOf(target)
  return order.find((each): each is OpenPanel => each !== 'board' && each.name === name)
}

/** What was used, if a panel or the board was; menus and dialogs take care of themselves. */
const usedBy = (target: EventTarget | null): OpenPanel | 'board' | undefined => {
  const isBoard = target === document.body || (target instanceof Element && target.closest('main') !== null)
  return panelAt(target) ?? (isBoard ? 'board' : undefined)
}

const onPointerDown = ({ target }: PointerEvent): void => {
  const used = usedBy(target)
  if (used) raise(used)
}

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta'])

const onFocusIn = ({ target }: FocusEvent): void => {
  const panel = isMoving && panelAt(target)
  isMoving = false
  if (panel) raise(panel)
}

/** Menus and dialogs that are open, and what takes all keys for itself. */
const POPUPS = '[data-open]:is([role="dialog"], [role="alertdialog"], [role="menu"]), [data-takes-keys]'

/** Messages are dialogs too, to readers of the screen, but hear only keys of who is in them. */
const isInMessage = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(':is([role="dialog"], [role="alertdialog"]):not([data-closed])') !== null

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Whether Escape means something to others, who come first. */
const isForOthers = (event: KeyboardEvent): boolean =>
  event.isComposing ||
  document.querySelector(POPUPS) !== null ||
  isInMessage(event.target) ||
  (isField(event.target) && nameOf(event.target) === undefined)

const leave = (event: KeyboardEvent, panel: OpenPanel): void => {
  event.preventDefault()
  event.stopImmediatePropagation()
  panel.leave()
}

/** Before anything else hears of the key. Within the panel that is left, a field may want it first. */
const onKeyDown = (event: KeyboardEvent): void => {
  const used = usedBy(event.target)
  if (event.key === 'Escape') {
    const last = order.at(-1)
    if (last && last !== 'board' && last !== used && !isForOthers(event)) leave(event, last)
    return
  }
  isMoving = event.key === 'Tab' || event.key === 'F6'
  if (used && !isMoving && !MODIFIERS.has(event.key)) raise(used)
}

/** After the board: it had nothing to take back. */
const onKeyDownUnused = (event: KeyboardEvent): void => {
  if (event.key !== 'Escape' || event.defaultPrevented || isForOthers(event)) return
  const last = order.findLast((each): each is OpenPanel => each !== 'board' && !each.lasting)
  if (last) leave(event, last)
}

let listening: AbortController | null = null

const listen = (): void => {
  listening = new AbortController()
  const { signal } = listening
  window.addEventListener('pointerdown', onPointerDown, { signal, capture: true })
  window.addEventListener('focusin', onFocusIn, { signal, capture: true })
  window.addEventListener('keydown', onKeyDown, { signal, capture: true })
  window.addEventListener('keydown', onKeyDownUnused, { signal })
}

/** Tells that a panel is open; the answer tells that it no longer is. */
const opened = (panel: OpenPanel): (() => void) => {
  order = panel.lasting ? [panel, ...order] : [...order, panel]
  if (!listening) listen()
  return () => {
    order = order.filter((each) => each !== panel)
    if (order.length > 1) return
    listening?.abort()
    listening = null
  }
}

/**
 * Makes Escape leave a panel when its turn comes, wherever the focus is. All elements of the panel have its name in
 * `data-panel`; the answer is the key handler of the one that holds its controls.
 */
export const useEscape = (
  name: string,
  left: () => void,
  { lasting = false }: { readonly lasting?: boolean } = {},
): ((event: Pressed) => void) => {
  const onLeave = useEffectEvent(left)
  useEffect(() => opened({ name, lasting, leave: () => onLeave() }), [name, lasting])
  return (event) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    left()
  }
}
