import { MAX_TEXT_LENGTH } from '../../model/heal.ts'

/** Milliseconds for which the notice stays. */
const SHOWN_FOR = 7000

/** How much more a textarea takes, if what is selected in it is replaced; in UTF-16 units. */
export const roomIn = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): number =>
  Math.max(0, MAX_TEXT_LENGTH - value.length + (selectionEnd - selectionStart))

/** As much of a text as there is room for, never half of a pair of surrogates. */
export const cutTo = (text: string, room: number): string =>
  text.length <= room ? text : text.slice(0, room).replace(/[\ud800-\udbff]$/, '')

/** What an input event is about to write. */
export const insertedBy = (event: InputEvent): string =>
  event.inputType === 'insertLineBreak'
    ? '\n'
    : (event.data ?? event.dataTransfer?.getData('text/plain') ?? '')

/** Tells that a text is full: on the board, and to those who hear it. */
export class LimitNotice {
  readonly #host: HTMLElement
  #shown: HTMLElement | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: HTMLElement) {
    this.#host = host
  }

  show(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.hide(), SHOWN_FOR)
    if (this.#shown) return
    const notice = document.createElement('p')
    notice.setAttribute('role', 'status')
    notice.dataset.textLimit = ''
    Object.assign(notice.style, LOOK)
    this.#host.append(notice)
    // A status is read out when it changes, not when it appears.
    notice.textContent = `This text is full: it holds ${MAX_TEXT_LENGTH.toLocaleString('en')} letters. The rest was left out.`
    this.#shown = notice
  }

  hide(): void {
    clearTimeout(this.#timer)
    this.#shown?.remove()
    this.#shown = null
  }
}

const LOOK: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  left: '50%',
  bottom: '22%',
  transform: 'translateX(-50%)',
  width: 'max-content',
  maxWidth: 'calc(100% - 32px)',
  margin: '0',
  padding: '10px 14px',
  borderRadius: '10px',
  background: '#22262b',
  color: '#ffffff',
  font: '500 14px/1.4 Inter, system-ui, sans-serif',
  boxShadow: '0 4px 18px rgb(0 0 0 / 0.3)',
  pointerEvents: 'none',
  zIndex: '5',
}
