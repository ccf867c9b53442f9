import { toScreen } from '../geometry/camera.ts'
import type { Element } from '../model/element.ts'
import { fontStack } from '../model/fonts.ts'
import { MAX_TEXT_LENGTH } from '../model/heal.ts'
import type { TextSlot } from '../model/kind.ts'
import { shownColor } from '../model/palette.ts'
import type { TextStyle } from '../model/surface.ts'
import { LINE_HEIGHT } from '../model/text-layout.ts'
import { runCommand } from './commands/index.ts'
import type { EditorCore } from './core.ts'
import { pressKey } from './keyboard.ts'
import { baselineShift } from './text-baseline.ts'
import type { OutsideChange, TypingSession } from './typing.ts'
import { writtenStyle } from './written-style.ts'

/** Room beside text that does not wrap, in board units, so that the caret at its end is not cut off. */
const CARET_ROOM = 4

/**
 * The input over an element that is being typed into: a bare textarea, laid out in board units and scaled and turned
 * with the element, so that letters stay where they are painted when typing begins and ends.
 */
export class TextInput {
  readonly #core: EditorCore
  readonly #host: HTMLElement
  readonly #endListening: () => void
  #session: TypingSession | null = null
  #area: HTMLTextAreaElement | null = null
  #composing = false
  /** By family and size, for as long as one element is typed into. */
  readonly #shifts = new Map<string, number>()

  constructor(core: EditorCore, host: HTMLElement) {
    this.#core = core
    this.#host = host
    this.#endListening = core.onTyping(() => this.#update())
    this.#update()
  }

  dispose(): void {
    this.#endListening()
    this.#close()
  }

  #update(): void {
    if (this.#core.typing !== this.#session) {
      this.#close()
      if (this.#core.typing) this.#open(this.#core.typing)
    }
    this.#place()
  }

  #open(session: TypingSession): void {
    const area = document.createElement('textarea')
    area.value = session.value
    area.dataset.boardText = session.id
    area.setAttribute('aria-label', 'Text of the element')
    area.spellcheck = false
    area.rows = 1
    area.maxLength = MAX_TEXT_LENGTH
    Object.assign(area.style, BARE)
    this.#session = session
    this.#area = area
    session.onOutsideChange((change) => this.#showOutsideChange(change))
    this.#listen(area, session)
    this.#host.append(area)
    this.#place()
    area.focus({ preventScroll: true })
    area.setSelectionRange(0, area.value.length)
  }

  #close(): void {
    const area = this.#area
    this.#session = null
    this.#area = null
    this.#composing = false
    this.#shifts.clear()
    area?.remove()
  }

  #listen(area: HTMLTextAreaElement, session: TypingSession): void {
    area.addEventListener('input', () => {
      if (this.#composing) this.#place()
      else this.#write(session)
    })
    area.addEventListener('compositionstart', () => {
      this.#composing = true
      session.beginComposition()
    })
    area.addEventListener('compositionend', () => {
      this.#composing = false
      session.endComposition(area.value, area.selectionEnd)
      this.#place()
    })
    area.addEventListener('keydown', (event) => this.#keyDown(event))
    area.addEventListener('beforeinput', (event) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      runCommand(this.#core, event.inputType === 'historyUndo' ? 'undo' : 'redo')
    })
    area.addEventListener('blur', () => this.#blurred(session))
  }

  #write(session: TypingSession): void {
    const area = this.#area
    if (!area) return
    session.write(area.value, area.selectionEnd)
    this.#place()
  }

  /** Only Escape, undo and redo reach the board while typing; Ctrl+Enter ends it too. */
  #keyDown(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.isComposing) return
    const ends =
      event.key === 'Escape' ||
      (event.key === 'Enter' && (event.ctrlKey || event.metaKey || this.#isCaption()))
    const isHistory = (event.ctrlKey || event.metaKey) && /^[zyя]$/i.test(event.key)
    if (ends) this.#core.finishTyping()
    else if (!isHistory || !pressKey(this.#core, event, 'board')) return
    event.preventDefault()
    if (ends) this.#host.focus({ preventScroll: true })
  }

  /** The window losing focus ends nothing: the person comes back to the same caret. */
  #blurred(session: TypingSession): void {
    if (!document.hasFocus()) return
    const next = document.activeElement
    if (next instanceof HTMLElement && next !== document.body && next.closest('[data-keeps-typing]')) return
    if (this.#core.typing === session) this.#core.finishTyping()
  }

  #showOutsideChange(change: OutsideChange): void {
    const area = this.#area
    if (!area) return
    const [start, end] = [change.shift(area.selectionStart), change.shift(area.selectionEnd)]
    area.value = change.value
    area.setSelectionRange(start, end)
    this.#place()
  }

  /** One line: Enter ends it. */
  #isCaption(): boolean {
    const element = this.#session?.element
    return element !== undefined && this.#core.kinds.get(element.type).textSlot(element)?.caption === true
  }

  #shiftFor(style: TextStyle): number {
    const key = `${style.family} ${style.size}`
    const shift = this.#shifts.get(key) ?? baselineShift(style, this.#core.measure, this.#host)
    this.#shifts.set(key, shift)
    return shift
  }

  #place(): void {
    const area = this.#area
    const element = this.#session?.element
    if (!area || !element) return
    const shown = { ...element, text: area.value }
    const kind = this.#core.kinds.get(element.type)
    const slot = kind.textSlot({ ...shown, ...kind.fitted?.(shown, this.#core.measure) } as Element)
    if (!slot) return
    const style = writtenStyle(shown, this.#core.kinds, this.#core.measure)
    setTextStyle(area, style, this.#core)
    setBox(area, slot, style, this.#shiftFor(style))
    if (slot.caption) setCaptionTransform(area, element, this.#core)
    else setTransform(area, element, this.#core)
  }
}

const BARE: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  left: '0',
  top: '0',
  margin: '0',
  padding: '0',
  border: '0',
  outline: 'none',
  background: 'transparent',
  resize: 'none',
  overflow: 'hidden',
  transformOrigin: '0 0',
  boxSizing: 'content-box',
  lineHeight: String(LINE_HEIGHT),
  letterSpacing: 'normal',
  overflowWrap: 'anywhere',
  userSelect: 'text',
}

const setTextStyle = (area: HTMLTextAreaElement, style: TextStyle, core: EditorCore): void => {
  const color = shownColor(style.color, core.theme)
  Object.assign(area.style, {
    fontFamily: fontStack(style.family),
    fontSize: `${style.size}px`,
    textAlign: style.align,
    color,
    caretColor: color,
  })
}

/** In the element's own coordinates: as wide as its slot, as high as its lines, placed as the slot says. */
const setBox = (
  area: HTMLTextAreaElement,
  { box, vertical, wrap }: TextSlot,
  style: TextStyle,
  shift: number,
): void => {
  const slack = wrap ? 0 : Math.max(CARET_ROOM, style.size)
  const before = { left: 0, center: slack, right: slack }[style.align]
  const after = { left: slack, center: slack, right: 0 }[style.align]
  area.style.whiteSpace = wrap ? 'pre-wrap' : 'pre'
  area.style.width = `${box.maxX - box.minX + before + after}px`
  area.style.height = '0'
  const height = Math.max(area.scrollHeight, style.size * LINE_HEIGHT)
  area.style.height = `${height}px`
  const top = vertical === 'top' ? box.minY : (box.minY + box.maxY - height) / 2
  area.style.left = `${box.minX - before}px`
  area.style.top = `${top + shift}px`
}

/** Its box is in CSS pixels from where the element's corner is shown. */
const setCaptionTransform = (area: HTMLTextAreaElement, element: Element, core: EditorCore): void => {
  const [x, y] = toScreen(core.camera.camera, element.position)
  area.style.transform = `translate(${x}px, ${y}px)`
}

/** From the element's own coordinates to the screen: scaled, turned round its centre, moved. */
const setTransform = (area: HTMLTextAreaElement, element: Element, core: EditorCore): void => {
  const { camera } = core.camera
  const [x, y] = toScreen(camera, element.position)
  const [width, height] = element.size
  const left = Number.parseFloat(area.style.left)
  const top = Number.parseFloat(area.style.top)
  area.style.transform = [
    `translate(${x - left}px, ${y - top}px)`,
    `scale(${camera.zoom})`,
    `translate(${width / 2}px, ${height / 2}px)`,
    `rotate(${element.rotation}rad)`,
    `translate(${left - width / 2}px, ${top - height / 2}px)`,
  ].join(' ')
  area.style.opacity = String(element.opacity)
}
