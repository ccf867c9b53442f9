import {
  type Color,
  type Editor,
  fillPalette,
  screenPoint,
  shownColor,
  stickyPalette,
  strokePalette,
} from '../../../whiteboard/index.ts'

interface EyeDropperWindow {
  readonly EyeDropper?: new () => { open(): Promise<{ sRGBHex: string }> }
}

/** What is stored for a colour that the screen shows: on a dark board colours look other than they are. */
const storedColor = (shown: Color, editor: Editor): Color => {
  const { theme } = editor.state
  if (theme === 'light') return shown
  const palettes = [...strokePalette, ...fillPalette, ...stickyPalette].map(({ color }) => color)
  const used = editor.board.ordered.flatMap(({ stroke, fill }) => [stroke, fill])
  const known = [...palettes, ...used].filter((color): color is Color => typeof color === 'string')
  return known.find((color) => shownColor(color, theme) === shown) ?? shownColor(shown, theme)
}

/** Takes the colour of whatever is clicked next; null when that is nothing, or Escape is pressed. */
const pickElement = (editor: Editor): Promise<Color | null> => {
  const veil = document.createElement('div')
  veil.dataset.takesKeys = ''
  veil.className = 'fixed inset-0 z-50 cursor-crosshair touch-none'
  const hint = document.createElement('p')
  hint.setAttribute('role', 'status')
  hint.className =
    'panel shadow-float absolute top-20 left-1/2 w-max max-w-[90vw] -translate-x-1/2 px-4 py-2 text-sm'
  const isTouch = matchMedia('(pointer: coarse)').matches
  hint.textContent = isTouch
    ? 'Tap something to take its colour, or an empty place to leave it.'
    : 'Click something to take its colour. Escape to leave it.'
  veil.append(hint)
  document.body.append(veil)
  return new Promise((resolve) => {
    const ends = new AbortController()
    const end = (color: Color | null) => {
      ends.abort()
      veil.remove()
      resolve(color)
    }
    const options = { signal: ends.signal, capture: true }
    const onClick = (event: MouseEvent) => {
      const canvas = document.querySelector('[data-board-canvas]')?.getBoundingClientRect()
      const [left, top] = [canvas?.left ?? 0, canvas?.top ?? 0]
      end(editor.colorAt(screenPoint(event.clientX - left, event.clientY - top)))
    }
    const onKeyDown = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') end(null)
    }
    veil.addEventListener('click', onClick, options)
    window.addEventListener('keydown', onKeyDown, options)
  })
}

/** Lets the person point at a colour: anywhere on the screen where the browser can do that, otherwise on the board. */
export const pickColor = async (editor: Editor): Promise<Color | null> => {
  const { EyeDropper } = window as EyeDropperWindow
  if (!EyeDropper) return pickElement(editor)
  try {
    const { sRGBHex } = await new EyeDropper().open()
    return /^#[0-9a-f]{6}$/i.test(sRGBHex) ? storedColor(sRGBHex.toLowerCase(), editor) : null
  } catch {
    // The person pressed Escape.
    return null
  }
}

/** Gives what is selected, or drawn next, the colour that the person points at: its lines, or else its area. */
export const pickIntoStyle = async (editor: Editor): Promise<void> => {
  const { styles } = editor.state
  const key = styles.stroke === undefined ? 'fill' : 'stroke'
  if (styles[key] === undefined) return
  const color = await pickColor(editor)
  if (color !== null) editor.setStyle(key, color)
}
