import { crc32, deflateSync } from 'node:zlib'

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')

const pngChunk = (name: string, data: Uint8Array): Buffer => {
  const checked = Buffer.concat([bytesOf(name), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(checked))
  return Buffer.concat([length, checked, sum])
}

export interface PngParts {
  readonly width?: number
  readonly height?: number
  readonly bitDepth?: number
  readonly colorType?: number
  /** Chunks between the header and the picture, by name. */
  readonly extra?: readonly (readonly [name: string, data: Uint8Array])[]
  readonly trailing?: Uint8Array
  /** The first byte of every pixel, so that pictures differ. */
  readonly shade?: number
  /** Whether the pixels are really there; a bomb has only the header's word for them. */
  readonly pixels?: boolean
}

/** An RGB PNG that decoders take, unless told otherwise. */
export const makePng = (parts: PngParts = {}): Buffer => {
  const { width = 4, height = 3, bitDepth = 8, colorType = 2, extra = [], shade = 200, pixels = true } = parts
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = bitDepth
  header[9] = colorType
  const raw = pixels ? Buffer.alloc((1 + 3 * width) * height, shade) : Buffer.alloc(64)
  if (pixels) for (let row = 0; row < height; row++) raw[row * (1 + 3 * width)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...extra.map(([name, data]) => pngChunk(name, data)),
    pngChunk('IDAT', deflateSync(raw)),
    pngChunk('IEND', Buffer.alloc(0)),
    parts.trailing ?? Buffer.alloc(0),
  ])
}

export const jpegSegment = (marker: number, data: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

export interface JpegParts {
  readonly width?: number
  readonly height?: number
  readonly scans?: number
  /** Segments before the frame. */
  readonly extra?: readonly Uint8Array[]
  readonly trailing?: Uint8Array
}

/** A JPEG whose structure is sound; what its coded data says, no reader of containers asks. */
export const makeJpeg = (parts: JpegParts = {}): Buffer => {
  const { width = 6, height = 5, scans = 1, extra = [], trailing = Buffer.alloc(0) } = parts
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 1)
  frame.writeUInt16BE(width, 3)
  const scan = Buffer.concat([
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
  ])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, Buffer.concat([bytesOf('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0])])),
    ...extra,
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, Buffer.alloc(20, 0)),
    ...Array.from({ length: scans }, () => scan),
    Buffer.from([0xff, 0xd9]),
    trailing,
  ])
}

export const webpChunk = (name: string, data: Uint8Array): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return Buffer.concat([bytesOf(name), length, data, Buffer.alloc(data.length % 2)])
}

export const makeWebp = (chunks: readonly Uint8Array[], trailing: Uint8Array = Buffer.alloc(0)): Buffer => {
  const body = Buffer.concat([bytesOf('WEBP'), ...chunks])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([bytesOf('RIFF'), length, body, trailing])
}

export const lossyFrame = (width = 7, height = 6): Buffer => {
  const data = Buffer.alloc(16, 3)
  data.set([0x10, 0, 0, 0x9d, 0x01, 0x2a])
  data.writeUInt16LE(width, 6)
  data.writeUInt16LE(height, 8)
  return webpChunk('VP8 ', data)
}

export const losslessFrame = (width = 7, height = 6): Buffer => {
  const data = Buffer.alloc(12, 9)
  data[0] = 0x2f
  data.writeUInt32LE(((width - 1) | ((height - 1) << 14) | (1 << 28)) >>> 0, 1)
  return webpChunk('VP8L', data)
}

export const extendedHeader = (flags: number, width = 7, height = 6): Buffer => {
  const data = Buffer.alloc(10)
  data[0] = flags
  data.writeUIntLE(width - 1, 4, 3)
  data.writeUIntLE(height - 1, 7, 3)
  return webpChunk('VP8X', data)
}

export const makeGif = (width = 2, height = 2): Buffer => {
  const screen = Buffer.alloc(7)
  screen.writeUInt16LE(width, 0)
  screen.writeUInt16LE(height, 2)
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x4c, 0x01, 0, 0x3b])
  image.writeUInt16LE(width, 5)
  image.writeUInt16LE(height, 7)
  return Buffer.concat([bytesOf('GIF89a'), screen, image])
}

/** EXIF with a place in it, as a phone writes it. */
export const gpsExif = (): Buffer =>
  Buffer.concat([bytesOf('Exif\0\0II*\0\u0008\0\0\0'), bytesOf('GPSLatitude 52.5200 GPSLongitude 13.4050')])
