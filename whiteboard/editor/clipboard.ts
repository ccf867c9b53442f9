import { elementsFromClipboard, elementsToClipboard, pastePlan } from '../formats/clipboard.ts'
import { type WorldPoint, worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { MAX_TEXT_LENGTH } from '../model/heal.ts'
import { withContents, withoutContents } from '../model/plans/framing.ts'
import { elementsOf } from '../tools/selection.ts'
import { newElement } from './context.ts'
import type { EditorCore } from './core.ts'

/** What was copied last in this tab, for browsers that do not let a menu's Paste read the clipboard. */
let lastCopied = ''

/** The clipboard's text for the selection; null when there is none. */
export const copiedText = (core: EditorCore): string | null => {
  const elements = withContents(core.board, elementsOf(core.board, core.selection))
  if (elements.length === 0) return null
  lastCopied = elementsToClipboard(elements)
  return lastCopied
}

export const copySelection = (core: EditorCore): void => {
  const text = copiedText(core)
  if (text !== null) navigator.clipboard?.writeText(text).catch(() => undefined)
}

export const cutSelection = (core: EditorCore): void => {
  copySelection(core)
  removeEditable(core)
}

export const removeEditable = (core: EditorCore): void => {
  const elements = core.editable()
  if (elements.length === 0) return
  core.transact((edit) => {
    for (const { id } of elements) edit.remove(id)
  })
}

export const pasteFromClipboard = (core: EditorCore): void => {
  const reading = navigator.clipboard?.readText?.() ?? Promise.resolve(lastCopied)
  reading.then(
    (text) => pasteText(core, text),
    () => pasteText(core, lastCopied),
  )
}

/** Where a paste goes: to the pointer while it is over the canvas, otherwise to the middle of the view. */
const pastePoint = (core: EditorCore): WorldPoint => core.input.hover?.world ?? core.camera.view.center

/** Puts the clipboard's elements on the board, or any other text as one text element, and selects them. */
export const pasteText = (core: EditorCore, text: string): void => {
  if (!core.canEdit || text.trim() === '') return
  const at = pastePoint(core)
  const foreign = elementsFromClipboard(text, core.kinds)
  const elements = foreign ? pastePlan(foreign, core.board.ordered, at) : [textElement(core, text, at)]
  if (elements.length === 0) return
  core.transact((edit) => {
    for (const element of elements) edit.create(fitted(core, { ...element, locked: false }))
  })
  if (core.machine.tool !== 'select') core.setTool('select')
  core.focusedGroup = null
  core.select(withoutContents(elements).map(({ id }) => id))
}

/** Text of other products, or measured with other fonts, takes another size here. */
const fitted = (core: EditorCore, element: Element): Element => ({
  ...element,
  ...core.kinds.get(element.type).fitted?.(element, core.measure),
})

const textElement = (core: EditorCore, text: string, at: WorldPoint): Element => {
  const kind = core.kinds.get('text')
  const plain = text.replace(/\r\n?/g, '\n').slice(0, MAX_TEXT_LENGTH)
  const element = newElement(core, kind, { position: at, text: plain, textAlign: 'left' })
  const { size } = fitted(core, element)
  const [width, height] = size
  return { ...element, size, position: worldPoint(at[0] - width / 2, at[1] - height / 2) }
}
