import { fromBase64, fromByteString, toBase64, toByteString } from '../model/base64.ts'

const START = '<!-- payload-start -->'
const END = '<!-- payload-end -->'
const FORM = /<!--\s*payload-version:\s*(\d+)\s*-->/

/** The metadata of an SVG that carries a packed scene, in the form that Excalidraw looks for. */
export const svgPayload = (mime: string, packed: string): string =>
  `<!-- svg-source:excalidraw --><metadata><!-- payload-type:${mime} --><!-- payload-version:2 -->` +
  `${START}${toBase64(fromByteString(packed))}${END}</metadata>`

/** The packed scene that an SVG carries; null when there is none. */
export const readSvgPayload = (svg: string, mime: string): string | null => {
  if (!svg.includes(`payload-type:${mime}`)) return null
  const start = /<!--\s*payload-start\s*-->/.exec(svg)
  const end = /<!--\s*payload-end\s*-->/.exec(svg)
  if (!start || !end || end.index < start.index) return null
  const bytes = fromBase64(svg.slice(start.index + start[0].length, end.index).trim())
  if (!bytes) return null
  // The first form was text in UTF-8; the second is Latin-1, letter by letter.
  return FORM.exec(svg)?.[1] === '1' ? new TextDecoder().decode(bytes) : toByteString(bytes)
}
