import type { Editor } from '../../../whiteboard/index.ts'
import { elementAddress, elementOfAddress } from '../../lib/link-address.ts'
import { notify } from '../ui/toasts.tsx'
import type { OpenBoard } from './session-context.tsx'

/** Selects an element and brings it into view; false when it is not on the board. */
const showElement = (editor: Editor, id: string): boolean => {
  const element = editor.board.ordered.find((each) => each.id === id)
  if (!element) return false
  const { position, size } = element
  editor.select([element.id])
  editor.zoomTo({
    minX: position[0],
    minY: position[1],
    maxX: position[0] + size[0],
    maxY: position[1] + size[1],
  })
  return true
}

/** Shows the element of this board that an address points at, and says so when it is gone. */
export const showPlace = (address: string, { id, session }: OpenBoard): void => {
  const target = elementOfAddress(address, id)
  if (target !== null && !showElement(session.editor, target)) {
    notify({ kind: 'hint', text: 'What this link leads to is gone.' })
  }
}

/** Puts the address of the selected element on the clipboard. */
export const copyElementLink = async ({ id, session }: OpenBoard): Promise<void> => {
  const [element] = session.editor.selectedElements()
  if (!element) {
    notify({ kind: 'hint', text: 'Select something first.' })
    return
  }
  try {
    await navigator.clipboard.writeText(elementAddress(id, element.id))
    notify({ text: 'Link copied.' })
  } catch {
    notify({ kind: 'failed', text: 'This browser does not let the page write to the clipboard.' })
  }
}
