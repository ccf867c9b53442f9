import { visibleBox } from '../../geometry/camera.ts'
import type { WorldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { keyBetween } from '../../model/order.ts'
import type { EditorCore } from '../core.ts'
import { newElement } from '../new-element.ts'
import { layOut } from './layout.ts'
import { type PreparedPicture, prepareImage } from './prepare.ts'

/** Files that are looked at, of one paste, drop or choice. */
const MOST_FILES = 50
const LONGEST_NAME = 40

export interface Brought {
  readonly pictures: readonly (PreparedPicture & { readonly name: string })[]
  /** Sentences about what is not a picture. */
  readonly refused: readonly string[]
}

const shortName = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name

/** Makes pictures of files, one after the other: each may take much memory. */
export const prepareAll = async (files: readonly File[]): Promise<Brought> => {
  const pictures: Brought['pictures'][number][] = []
  const refused: string[] = []
  for (const file of files.slice(0, MOST_FILES)) {
    const preparation = await prepareImage(file)
    if (preparation.ok) pictures.push({ ...preparation.prepared, name: file.name })
    else refused.push(`${file.name ? `“${shortName(file.name)}”` : 'The file'} ${preparation.reason}.`)
  }
  if (files.length > MOST_FILES) refused.push(`Only ${MOST_FILES} images can be added at once.`)
  return { pictures, refused }
}

/** What a file's name says of its picture; names that cameras and clipboards give say nothing. */
const altOf = (name: string): string => {
  const bare = name.replace(/\.[a-z0-9]{1,5}$/i, '').trim()
  return /^(image|img|dsc|dscn|pxl|screenshot|bildschirmfoto|unnamed)?[\s_\d.-]*$/i.test(bare)
    ? ''
    : bare.slice(0, 200)
}

/** Puts pictures on the board round a point or in the middle of the view, in one step of undo, and selects them. */
export const placePictures = (
  core: EditorCore,
  pictures: Brought['pictures'],
  at: WorldPoint | null,
): void => {
  if (!core.canEdit || pictures.length === 0) return
  const view = visibleBox(core.camera.camera, core.camera.size)
  const places = layOut(
    pictures.map(({ shown }) => shown),
    at,
    view,
  )
  const kind = core.kinds.get('image')
  let order = core.board.ordered.at(-1)?.order ?? null
  const elements = pictures.map(({ asset, natural, name }, index): Element => {
    order = keyBetween(order, null)
    return newElement(core, kind, { ...places[index], order, asset, natural, alt: altOf(name) })
  })
  core.transact((edit) => {
    for (const element of elements) edit.create(element)
  })
  core.setTool('select')
  core.focusedGroup = null
  core.select(elements.map(({ id }) => id))
}
