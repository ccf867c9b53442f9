import type { FontFamily } from '../element.ts'
import type { TextMeasurer } from '../surface.ts'

/** Widths of the characters from space to ~ in thousandths of the font size, as measured from the bundled fonts. */
const SANS = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646,
  593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269,
  571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471,
  456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528,
  327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
]

const HAND = [
  341, 274, 445, 950, 700, 924, 623, 263, 437, 408, 487, 700, 252, 483, 257, 355, 700, 417, 700, 700, 700,
  613, 700, 700, 700, 700, 280, 280, 700, 700, 700, 462, 863, 726, 590, 613, 660, 626, 566, 755, 732, 551,
  597, 646, 552, 959, 763, 720, 581, 722, 687, 555, 617, 668, 675, 959, 644, 604, 607, 464, 355, 465, 610,
  700, 358, 622, 589, 504, 634, 566, 363, 614, 625, 284, 266, 574, 301, 862, 612, 606, 562, 583, 474, 495,
  437, 578, 555, 869, 521, 575, 607, 520, 288, 521, 700,
]

const SERIF = [
  237, 289, 381, 525, 518, 932, 728, 182, 362, 362, 458, 534, 302, 320, 302, 341, 529, 529, 529, 529, 529,
  529, 529, 529, 529, 529, 302, 302, 534, 534, 534, 414, 834, 712, 653, 662, 739, 638, 612, 723, 814, 376,
  381, 710, 618, 935, 768, 738, 621, 738, 690, 544, 632, 758, 709, 1005, 672, 667, 586, 335, 341, 335, 534,
  514, 400, 541, 619, 520, 614, 533, 369, 557, 641, 329, 303, 594, 329, 955, 643, 579, 622, 601, 456, 465,
  359, 628, 579, 836, 569, 586, 490, 359, 290, 359, 534,
]

const MONO_WIDTH = 0.6

const tables: Readonly<Record<FontFamily, readonly number[] | null>> = {
  sans: SANS,
  hand: HAND,
  serif: SERIF,
  mono: null,
}

/** Characters that take no room: combining marks, joiners, signs of direction. */
const NO_WIDTH = /[\p{Mark}\p{Format}]/u
const FULL_WIDTH = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]/u
const PICTURE = /\p{Extended_Pictographic}/u

/** Letters of other scripts and accented ones, in font sizes: near the mean of their small letters. */
const OTHER_WIDTH = 0.58

const characterWidth = (character: string, table: readonly number[] | null): number => {
  const code = character.codePointAt(0) ?? 32
  if (code >= 32 && code < 127) return table ? (table[code - 32] ?? 500) / 1000 : MONO_WIDTH
  if (code < 32 || NO_WIDTH.test(character)) return 0
  if (PICTURE.test(character)) return 1.25
  if (FULL_WIDTH.test(character)) return 1
  if (table === null) return MONO_WIDTH
  const [plain] = character.normalize('NFD')
  const base = plain?.codePointAt(0) ?? 0
  return base >= 32 && base < 127 ? (table[base - 32] ?? 500) / 1000 : OTHER_WIDTH
}

/** Measures without a canvas, for the server: exact for unkerned Latin text in the bundled fonts, near for the rest. */
export const createApproximateMeasurer = (): TextMeasurer => ({
  width: (text, family, size) => {
    const table = tables[family]
    let width = 0
    for (const character of text) width += characterWidth(character, table)
    return width * size
  },
})
