import { worldToElement } from '../../geometry/transform.ts'
import type { TextStyle } from '../../model/surface.ts'
import { indexAt } from '../../model/text/caret-geometry.ts'
import { TAB } from '../../model/text/text-layout.ts'
import { writtenText } from '../../model/text/written-text.ts'
import { runCommand } from '../commands/index.ts'
import type { EditorCore } from '../core.ts'
import { baselineShift } from './text-baseline.ts'
import { indentAtCaret, runWhileTyping, typingKey } from './text-keys.ts'
import { cutTo, insertedBy, LimitNotice, roomIn } from './text-limit.ts'
import { BARE, placeInput } from './text-placement.ts'
import type { OutsideChange, TypingSession } from './typing-session.ts'

/**
 * The input over an element that is being typed into: a bare textarea, laid out in board units and scaled and turned
 * with the element, so that letters stay where they are painted when typing begins and ends.
 */
export class TextInput {
  readonly #core: EditorCore
  readonly #host: HTMLElement
  readonly #limit: LimitNotice
  readonly #endListening: () => void
  #session: TypingSession | null = null
  #area: HTMLTextAreaElement | null = null
  #composing = false
  /** By family and size, for as long as one element is typed into. */
  readonly #shifts = new Map<string, number>()

  constructor(core: EditorCore, host: HTMLElement) {
    this.#core = core
    this.#host = host
    this.#limit = new LimitNotice(host)
    this.#endListening = core.onTyping(() => this.#update())
    document.addEventListener('selectionchange', this.#onSelectionChange)
    this.#update()
  }

  dispose(): void {
    document.removeEventListener('selectionchange', this.#onSelectionChange)
    this.#endListening()
    this.#close()
  }

  /** Writes at the caret, as if it was typed; nothing where nobody types. */
  insert(text: string): void {
    const [area, session] = [this.#area, this.#session]
    if (!area || !session || text === '') return
    area.setRangeText(cutTo(text, roomIn(area)), area.selectionStart, area.selectionEnd, 'end')
    this.#write(session)
  }

  /** Does what the key would have done here, where it was pressed before there was an input. */
  press({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): void {
    const again = new KeyboardEvent('keydown', { key, shiftKey, cancelable: true })
    if (this.#area?.dispatchEvent(again) !== true) return
    if (key.length === 1) this.insert(key)
    else if (key === 'Enter') this.insert('\n')
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
    area.setAttribute('aria-description', 'Escape finishes.')
    area.dir = 'auto'
    area.spellcheck = false
    area.rows = 1
    Object.assign(area.style, BARE)
    // Not known to every browser, nor to the types: full-width signs keep their width, as on a canvas.
    area.style.setProperty('text-spacing-trim', 'space-all')
    this.#session = session
    this.#area = area
    session.onOutsideChange((change) => this.#showOutsideChange(change))
    this.#listen(area, session)
    this.#host.append(area)
    this.#place()
    area.focus({ preventScroll: true })
    const place = this.#placePointedAt(session)
    area.setSelectionRange(place ?? 0, place ?? area.value.length)
    this.#tellCaret()
  }

  #close(): void {
    const area = this.#area
    this.#session = null
    this.#area = null
    this.#composing = false
    this.#shifts.clear()
    this.#limit.hide()
    area?.remove()
  }

  /** The place in the text where somebody pointed to begin, if they did. */
  #placePointedAt({ at, element }: TypingSession): number | null {
    const { kinds, measure } = this.#core
    if (!at || !element || kinds.get(element.type).textSlot(element)?.caption) return null
    const written = element.text === '' ? null : writtenText(element, kinds, measure)
    return written && indexAt(written, worldToElement(element, at), measure)
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
    area.addEventListener('keydown', (event) => this.#keyDown(event, session))
    area.addEventListener('beforeinput', (event) => this.#beforeInput(event))
    area.addEventListener('blur', () => this.#blurred(session))
    // A double click selects a word, as everywhere; the third click selects everything.
    area.addEventListener('click', ({ detail }) => {
      if (detail >= 3) area.select()
    })
  }

  #write(session: TypingSession): void {
    const area = this.#area
    if (!area) return
    session.write(area.value, area.selectionEnd)
    this.#place()
    this.#tellCaret()
  }

  /** Undo goes to the board's history. What holds tabs, or more than there is room for, is put in without them. */
  #beforeInput(event: InputEvent): void {
    const area = this.#area
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      event.preventDefault()
      runCommand(this.#core, event.inputType === 'historyUndo' ? 'undo' : 'redo')
    }
    if (!area || !event.inputType.startsWith('insert') || event.isComposing) return
    const written = insertedBy(event)
    const room = roomIn(area)
    if (written.length > room) this.#limit.show()
    if (written.length <= room && !written.includes('\t')) return
    event.preventDefault()
    this.insert(written.replace(/\r\n?/g, '\n').replaceAll('\t', TAB))
  }

  /** Few keys reach the board while somebody types: those that end it, undo and redo, the size of letters, the next note. */
  #keyDown(event: KeyboardEvent, session: TypingSession): void {
    event.stopPropagation()
    const key = event.isComposing ? null : typingKey(this.#core, event)
    if (key === null || !this.#area) return
    event.preventDefault()
    if (key === 'finish') {
      this.#core.finishTyping()
      this.#host.focus({ preventScroll: true })
    } else if (key === 'indent' || key === 'outdent') {
      if (roomIn(this.#area) >= TAB.length) indentAtCaret(this.#area, key)
      this.#write(session)
    } else runWhileTyping(this.#core, key.command)
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
    const direction = area.selectionDirection
    area.value = change.value
    area.setSelectionRange(start, end, direction)
    this.#place()
    this.#tellCaret()
  }

  readonly #onSelectionChange = (): void => {
    if (this.#area && document.activeElement === this.#area) this.#tellCaret()
  }

  /** Shows peers where this person types. */
  #tellCaret(): void {
    const [area, session] = [this.#area, this.#session]
    if (!area || !session || session !== this.#core.typing) return
    const { selectionStart: first, selectionEnd: last } = area
    const [start, end] = area.selectionDirection === 'backward' ? [last, first] : [first, last]
    this.#core.setCaret({ element: session.id, start, end })
  }

  #shiftFor(style: TextStyle): number {
    const key = `${style.family} ${style.size}`
    const shift = this.#shifts.get(key) ?? baselineShift(style, this.#core.measure, this.#host)
    this.#shifts.set(key, shift)
    return shift
  }

  #place(): void {
    const element = this.#session?.element
    if (this.#area && element) placeInput(this.#area, element, this.#core, (style) => this.#shiftFor(style))
  }
}
