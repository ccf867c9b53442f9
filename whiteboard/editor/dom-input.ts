import { zoomAt } from '../geometry/camera.ts'
import { type ScreenPoint, screenPoint } from '../geometry/types.ts'
import type { Cursor } from '../tools/contract.ts'
import type { RawPointer } from '../tools/navigation.ts'
import { copyInto, cutInto, pasteFrom, prepareClipboard } from './clipboard.ts'
import type { EditorCore } from './core.ts'
import { listenToDrops } from './images/ways-in.ts'
import { pressKey } from './keyboard.ts'

/** CSS pixels per unit of a wheel that counts lines or pages. */
const WHEEL_UNIT = [1, 16, 400] as const

/**
 * Listens to everything that a person does with the board: pointers and wheel on `host`, keys and the clipboard
 * anywhere on the page where no input wants them. Returns what ends it.
 */
export const listenToInput = (core: EditorCore, host: HTMLElement): (() => void) => {
  const ending = new AbortController()
  listenToPointers(core, host, ending.signal)
  listenToKeys(core, host, ending.signal)
  listenToClipboard(core, ending.signal)
  listenToDrops(core, host, ending.signal)
  return () => ending.abort()
}

const screenOf = (event: MouseEvent, host: HTMLElement): ScreenPoint => {
  const bounds = host.getBoundingClientRect()
  return screenPoint(event.clientX - bounds.left, event.clientY - bounds.top)
}

const pointerTypeOf = (event: PointerEvent): RawPointer['pointerType'] =>
  event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse'

/** Only pens measure pressure; fingers and mice report constants. */
const pressureOf = (event: PointerEvent): number => (event.pointerType === 'pen' ? event.pressure : 0.5)

const rawPointer = (event: PointerEvent, host: HTMLElement): RawPointer => {
  const merged = event.getCoalescedEvents?.() ?? []
  return {
    pointerId: event.pointerId,
    pointerType: pointerTypeOf(event),
    button: event.button,
    buttons: event.buttons,
    contact: Math.max(event.width, event.height),
    screen: screenOf(event, host),
    pressure: pressureOf(event),
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
    coalesced: (merged.length > 0 ? merged : [event]).map((each) => ({
      screen: screenOf(each, host),
      pressure: pressureOf(each),
    })),
    timeStamp: event.timeStamp,
  }
}

/** As large as what it erases, and seen on any ground. */
const ERASER_CURSOR = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="6" fill="#fff" fill-opacity=".6" stroke="#fff" stroke-width="3"/><circle cx="10" cy="10" r="6" fill="none" stroke="#3a3d45" stroke-width="1.25"/></svg>',
)}") 10 10, crosshair`

const machineCursor = (cursor: Cursor): string => (cursor === 'eraser' ? ERASER_CURSOR : cursor)

/** The cursor that the canvas shows now, as CSS writes it. */
const cursorOf = (core: EditorCore): string => {
  if (core.navigation.panning) return 'grabbing'
  if (core.navigation.spaceHeld) return 'grab'
  return machineCursor(core.machine.cursor)
}

const listenToPointers = (core: EditorCore, host: HTMLElement, signal: AbortSignal): void => {
  const showCursor = (): void => {
    const cursor = cursorOf(core)
    if (host.style.cursor !== cursor) host.style.cursor = cursor
  }
  const isTextInput = (event: Event): boolean => event.target instanceof HTMLTextAreaElement
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (isTextInput(event)) return
      if (event.button === 1) event.preventDefault()
      const isMenu = event.button === 2 && event.pointerType !== 'pen'
      if (!isMenu) core.finishTyping()
      host.focus({ preventScroll: true })
      if (!isMenu) capture(host, event.pointerId)
      core.input.pointerDown(rawPointer(event, host))
      showCursor()
    },
    { signal },
  )
  host.addEventListener(
    'pointermove',
    (event) => {
      if (isTextInput(event)) return
      core.input.pointerMove(rawPointer(event, host))
      core.presenceChanged()
      showCursor()
    },
    { signal },
  )
  host.addEventListener(
    'pointerup',
    (event) => {
      core.input.pointerUp(rawPointer(event, host))
      showCursor()
    },
    { signal },
  )
  host.addEventListener('pointercancel', (event) => core.input.pointerCancel(event.pointerId), { signal })
  host.addEventListener('contextmenu', (event) => keepPenButton(core, event), { signal, capture: true })
  host.addEventListener(
    'pointerleave',
    () => {
      core.input.pointerLeave()
      core.presenceChanged()
    },
    { signal },
  )
  host.addEventListener('wheel', (event) => wheel(core, host, event), { signal, passive: false })
  listenToTrackpadPinch(core, host, signal)
  for (const type of ['mousedown', 'auxclick'] as const) {
    host.addEventListener(type, keepMiddleButton, { signal })
  }
  host.addEventListener('mousedown', (event) => keepTyping(event, host), { signal })
  endTakenTouches(host, signal)
}

/** The button of a pen erases, and opens no menu. */
const keepPenButton = (core: EditorCore, event: MouseEvent): void => {
  if (!core.input.erased) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** The middle button pans: no scrolling mode of the browser's. */
const keepMiddleButton = (event: MouseEvent): void => {
  if (event.button === 1) event.preventDefault()
}

/**
 * After a finger is lifted browsers send the events that a mouse would have, which give the canvas the focus: not from
 * the text that the tap has just opened.
 */
const keepTyping = (event: MouseEvent, host: HTMLElement): void => {
  const focused = document.activeElement
  if (event.target === host && focused !== host && host.contains(focused)) event.preventDefault()
}

/**
 * The page takes a touch away by a `pointercancel` of its own, as for a long press. When the finger is lifted then, no
 * click comes of it, which would close what the long press opened.
 */
const endTakenTouches = (host: HTMLElement, signal: AbortSignal): void => {
  let taken = false
  const take = (event: PointerEvent): void => {
    if (!event.isTrusted) taken = true
  }
  const end = (event: TouchEvent): void => {
    if (taken && event.cancelable) event.preventDefault()
    if (event.touches.length === 0) taken = false
  }
  host.addEventListener('pointercancel', take, { signal })
  host.addEventListener('touchend', end, { signal, passive: false })
}

/** Safari's own event for a trackpad's pinch; other browsers send a wheel event with Ctrl. */
interface PinchEvent extends MouseEvent {
  readonly scale: number
}

/** Not for touch screens, whose fingers are pointers too. */
const listenToTrackpadPinch = (core: EditorCore, host: HTMLElement, signal: AbortSignal): void => {
  if (navigator.maxTouchPoints > 0) return
  let last = 1
  const pinch = (event: Event): void => {
    event.preventDefault()
    const { scale } = event as PinchEvent
    if (event.type === 'gesturechange' && scale > 0) {
      core.camera.setCamera(
        zoomAt(
          core.camera.camera,
          screenOf(event as PinchEvent, host),
          (core.camera.camera.zoom * scale) / last,
        ),
      )
    }
    last = event.type === 'gesturechange' && scale > 0 ? scale : 1
  }
  for (const type of ['gesturestart', 'gesturechange', 'gestureend']) {
    host.addEventListener(type, pinch, { signal })
  }
}

/** A pointer that is gone again already cannot be captured, and need not be. */
const capture = (host: HTMLElement, pointerId: number): void => {
  try {
    host.setPointerCapture(pointerId)
  } catch {
    // NotFoundError: it was lifted before we came to it.
  }
}

const wheel = (core: EditorCore, host: HTMLElement, event: WheelEvent): void => {
  event.preventDefault()
  const unit = WHEEL_UNIT[event.deltaMode as 0 | 1 | 2] ?? 1
  core.input.wheel({
    screen: screenOf(event, host),
    deltaX: event.deltaX * unit,
    deltaY: event.deltaY * unit,
    shift: event.shiftKey,
    ctrl: event.ctrlKey || event.metaKey,
  })
}

/** A slider or a box to tick is an input too, but takes no letters: the board's keys go on working there. */
const WRITTEN_INTO =
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"]), textarea, select, [role="textbox"]'

/** Whether typing goes somewhere else than to the board. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(WRITTEN_INTO))

/** Whether a menu or dialog is open that wants the keys for itself; one that is fading away (`data-closed`) does not. */
const isPopup = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false
  const popup = target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')
  return popup !== null && !popup.hasAttribute('data-closed')
}

const focusOf = (target: EventTarget | null, host: HTMLElement): 'board' | 'none' | 'elsewhere' => {
  if (target === host) return 'board'
  return target === document.body || target === document.documentElement || target === null
    ? 'none'
    : 'elsewhere'
}

const listenToKeys = (core: EditorCore, host: HTMLElement, signal: AbortSignal): void => {
  const showCursor = (): void => {
    host.style.cursor = cursorOf(core)
  }
  const sendModifiers = (event: KeyboardEvent): void => {
    if (!['Shift', 'Alt', 'Control', 'Meta'].includes(event.key)) return
    core.input.setModifiers({
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    })
    if (event.key === 'Alt' && core.machine.busy) event.preventDefault()
    showCursor()
  }
  const keyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || isPopup(event.target)) return
    sendModifiers(event)
    const focus = focusOf(event.target, host)
    if (event.key === ' ' && focus !== 'elsewhere') {
      event.preventDefault()
      core.input.holdSpace(true)
      showCursor()
    } else if (pressKey(core, event, focus)) {
      event.preventDefault()
      showCursor()
    }
  }
  const keyUp = (event: KeyboardEvent): void => {
    if (event.key === ' ') core.input.holdSpace(false)
    sendModifiers(event)
    showCursor()
  }
  window.addEventListener('keydown', keyDown, { signal })
  window.addEventListener('keyup', keyUp, { signal })
  window.addEventListener('blur', () => core.input.pointerCancel(), { signal })
}

/** Milliseconds after the middle button's release within which a paste is its doing. */
const MIDDLE_PASTE = 500

/**
 * On Linux the middle button, which pans here, pastes what is marked somewhere. Browsers do so after all its events and
 * whatever was prevented, but for the paste itself.
 */
const keepMarkedText = (signal: AbortSignal): void => {
  // Not when it was released, but when that was heard of: on a busy page that may be a while later.
  let released = Number.NEGATIVE_INFINITY
  const note = (event: PointerEvent | KeyboardEvent): void => {
    const isMiddle = event instanceof PointerEvent && event.button === 1
    released = isMiddle ? performance.now() : Number.NEGATIVE_INFINITY
  }
  const onPaste = (event: ClipboardEvent): void => {
    const isRecent = performance.now() - released < MIDDLE_PASTE
    if (isRecent && !isTyping(event.target)) event.preventDefault()
  }
  for (const type of ['pointerup', 'keydown'] as const)
    window.addEventListener(type, note, { signal, capture: true })
  document.addEventListener('paste', onPaste, { signal, capture: true })
}

const listenToClipboard = (core: EditorCore, signal: AbortSignal): void => {
  const isOurs = (event: ClipboardEvent): boolean =>
    !event.defaultPrevented && !isTyping(event.target) && !isPopup(event.target)
  const isUnmarked = (): boolean => (window.getSelection()?.toString() ?? '') === ''
  let shift = false
  const noteShift = (event: KeyboardEvent): void => {
    shift = event.shiftKey
  }
  for (const type of ['keydown', 'keyup'] as const) {
    window.addEventListener(type, noteShift, { signal, capture: true })
  }
  keepMarkedText(signal)
  document.addEventListener(
    'copy',
    (event) => {
      if (isOurs(event) && isUnmarked() && copyInto(core, event.clipboardData)) event.preventDefault()
    },
    { signal },
  )
  document.addEventListener(
    'cut',
    (event) => {
      if (!core.canEdit || !isOurs(event) || !isUnmarked()) return
      if (cutInto(core, event.clipboardData)) event.preventDefault()
    },
    { signal },
  )
  document.addEventListener(
    'paste',
    (event) => {
      if (isOurs(event) && pasteFrom(core, event.clipboardData, shift)) event.preventDefault()
    },
    { signal },
  )
  const end = core.subscribe(() => {
    if (core.selection.size > 0) prepareClipboard().then(end, () => undefined)
  })
  signal.addEventListener('abort', end)
}
