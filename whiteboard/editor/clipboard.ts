import type { WorldPoint } from '../geometry/types.ts'
import { LateCode } from '../model/late-code.ts'
import type { EditorCore } from './core.ts'
import { BoardImages } from './images/images.ts'

type CopyPaste = typeof import('./files/copy-paste.ts')

const forms = new LateCode<CopyPaste>(() => import('./files/copy-paste.ts'))

/** Fetches what knows the forms of what is copied; worth doing as soon as something is selected. */
export const prepareClipboard = (): Promise<CopyPaste> => forms.fetch()

/** Runs what needs the clipboard's forms, at once if they are here. */
const withForms = (core: EditorCore, work: (forms: CopyPaste) => unknown): void => {
  if (forms.here) {
    work(forms.here)
    return
  }
  prepareClipboard().then(work, () => core.tell('This works only once the server can be reached.', true))
}

/** Puts the selection into a copy event's data; false when nothing is selected. */
export const copyInto = (core: EditorCore, data: DataTransfer | null): boolean => {
  if (core.selection.size === 0) return false
  if (forms.here && data) forms.here.fillClipboard(core, data)
  else copySelection(core)
  return true
}

export const copySelection = (core: EditorCore): void =>
  withForms(core, (forms) => forms.writeClipboard(core))

export const cutSelection = (core: EditorCore): void =>
  withForms(core, (forms) => {
    void forms.writeClipboard(core)
    removeEditable(core)
  })

/** The same for a cut event. */
export const cutInto = (core: EditorCore, data: DataTransfer | null): boolean => {
  if (core.selection.size === 0) return false
  if (forms.here && data) {
    forms.here.fillClipboard(core, data)
    removeEditable(core)
  } else cutSelection(core)
  return true
}

export const copyAs = (core: EditorCore, form: 'png' | 'svg' | 'text'): void =>
  withForms(core, (forms) => forms.copyAs(core, form))

export const removeEditable = (core: EditorCore): void => {
  const elements = core.editable()
  if (elements.length === 0) return
  core.transact((edit) => {
    for (const { id } of elements) edit.remove(id)
  })
}

export interface PasteOptions {
  /** Where the middle goes; null puts elements where they were copied. */
  readonly at: WorldPoint | null
  /** Words alone, all in one text. */
  readonly plain: boolean
}

/** Where a paste goes: to the pointer while it is over the canvas, otherwise to the middle of the view. */
const pastePoint = (core: EditorCore): WorldPoint => core.input.hover?.world ?? core.camera.view.center

/** Pastes what a paste event carries; false when there is nothing in it for a board. */
export const pasteFrom = (core: EditorCore, data: DataTransfer | null, plain: boolean): boolean => {
  if (!core.canEdit || !data) return false
  const content = {
    text: data.getData('text/plain'),
    html: data.getData('text/html'),
    files: BoardImages.imagesAmong(data.files),
  }
  if (content.text === '' && content.html === '' && content.files.length === 0) return false
  const options = { at: pastePoint(core), plain }
  withForms(core, (forms) => forms.paste(core, content, options))
  return true
}

/** Pastes without an event, from a menu or a key of ours. */
export const pasteFromClipboard = (core: EditorCore, { plain = false, inPlace = false } = {}): void => {
  const options = { at: inPlace ? null : pastePoint(core), plain }
  withForms(core, async (forms) => forms.paste(core, await forms.readClipboard(), options))
}
