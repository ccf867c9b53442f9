import { type CleanImage, checkSides, ImageFault, joined, viewOf } from './types.ts'

/** Second bytes of markers (ITU T.81, table B.1). */
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP14 = 0xee

/** Frames that browsers decode: baseline, extended and progressive, all with Huffman codes. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
/** DHT, DQT, DRI: tables that decoding needs. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd])
/** APPn and COM: metadata, thumbnails, colour profiles. */
const isMetadata = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7

/** Scans of one picture: a progressive one has about ten; thousands keep a decoder busy for minutes. */
const MAX_SCANS = 64

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff

/** The Adobe segment says whether colours are YCC or CMYK; the JFIF header without its thumbnail says the same of others. */
const isNeeded = (marker: number, data: Uint8Array): boolean => {
  const starts = (letters: string): boolean => [...letters].every((c, i) => data[i] === c.charCodeAt(0))
  if (marker === APP14) return data.length === 12 && starts('Adobe')
  return marker === APP0 && data.length === 14 && starts('JFIF\0')
}

const frameSides = (data: Uint8Array): readonly [number, number] => {
  const components = data[5] ?? 0
  const isSound = data.length === 6 + 3 * components && data[0] === 8 && [1, 3, 4].includes(components)
  if (!isSound) throw new ImageFault('damaged')
  const view = viewOf(data)
  return [view.getUint16(3), view.getUint16(1)]
}

class JpegReader {
  readonly #bytes: Uint8Array
  readonly #kept: Uint8Array[] = [Uint8Array.of(0xff, SOI)]
  #at = 2
  #sides: readonly [number, number] | null = null
  #scans = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(): CleanImage {
    for (let marker = this.#marker(); marker !== EOI; marker = this.#marker()) this.#segment(marker)
    if (this.#sides === null || this.#scans === 0) throw new ImageFault('damaged')
    this.#kept.push(Uint8Array.of(0xff, EOI))
    const [width, height] = this.#sides
    return { type: 'image/jpeg', width, height, bytes: joined(this.#kept) }
  }

  /** The sides that the first frame header states; reads no further. */
  sides(): readonly [number, number] {
    while (this.#sides === null) this.#segment(this.#marker())
    return this.#sides
  }

  /** Any number of 0xff may stand before a marker. */
  #marker(): number {
    if (this.#bytes[this.#at] !== 0xff) throw new ImageFault('damaged')
    while (this.#bytes[this.#at] === 0xff) this.#at += 1
    const marker = this.#bytes[this.#at]
    if (marker === undefined || marker === 0) throw new ImageFault('damaged')
    this.#at += 1
    return marker
  }

  #segment(marker: number): void {
    const data = this.#data()
    if (isMetadata(marker) && !isNeeded(marker, data)) return
    const isKnown = isMetadata(marker) || FRAMES.has(marker) || TABLES.has(marker) || marker === SOS
    if (!isKnown) throw new ImageFault('damaged')
    if (FRAMES.has(marker)) this.#frame(data)
    this.#kept.push(Uint8Array.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff), data)
    if (marker === SOS) this.#scan()
  }

  #data(): Uint8Array {
    const bytes = this.#bytes
    const length = ((bytes[this.#at] ?? 0) << 8) | (bytes[this.#at + 1] ?? 0)
    const end = this.#at + length
    if (length < 2 || end > bytes.length) throw new ImageFault('damaged')
    const data = bytes.subarray(this.#at + 2, end)
    this.#at = end
    return data
  }

  #frame(data: Uint8Array): void {
    if (this.#sides !== null) throw new ImageFault('damaged')
    const sides = frameSides(data)
    checkSides(...sides)
    this.#sides = sides
  }

  /** Coded data goes on to the next marker that neither is a restart nor stands for a coded 0xff. */
  #scan(): void {
    this.#scans += 1
    if (this.#sides === null || this.#scans > MAX_SCANS) throw new ImageFault('damaged')
    const from = this.#at
    const bytes = this.#bytes
    for (;;) {
      const at = bytes.indexOf(0xff, this.#at)
      const next = at < 0 ? undefined : bytes[at + 1]
      if (next === undefined) throw new ImageFault('damaged')
      this.#at = at + (next === 0xff ? 1 : 2)
      if (next === 0 || next === 0xff || isRestart(next)) continue
      this.#at = at
      break
    }
    this.#kept.push(bytes.subarray(from, this.#at))
  }
}

/** Width and height as the frame header says. @throws ImageFault */
export const jpegSides = (bytes: Uint8Array): readonly [number, number] => new JpegReader(bytes).sides()

/**
 * Reads a JPEG segment by segment (ITU T.81, annex B). Its orientation is among the metadata that goes: whoever encodes
 * turns the pixels.
 * @throws ImageFault
 */
export const readJpeg = (bytes: Uint8Array): CleanImage => new JpegReader(bytes).read()
