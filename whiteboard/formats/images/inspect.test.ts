import { describe, expect, it } from 'vitest'
import {
  extendedHeader,
  gpsExif,
  jpegSegment,
  losslessFrame,
  lossyFrame,
  makeGif,
  makeJpeg,
  makePng,
  makeWebp,
  webpChunk,
} from '../../../test/support/pictures.ts'
import { createRandom } from '../../../test/support/random.ts'
import { inspectImage } from './inspect.ts'
import { sniffImage } from './sniff.ts'

const text = (words: string): Buffer => Buffer.from(words)
const accepted = (bytes: Uint8Array) => {
  const inspected = inspectImage(bytes)
  if (!inspected.ok) throw new Error(`refused: ${inspected.flaw}`)
  return inspected.image
}
const flawOf = (bytes: Uint8Array) => {
  const inspected = inspectImage(bytes)
  return inspected.ok ? null : inspected.flaw
}
const holds = (bytes: Uint8Array, words: string): boolean => Buffer.from(bytes).includes(words)

const script = text('<script>alert(1)</script>')

describe('PNG', () => {
  it('is read with its sides, and clean ones stay as they are to the byte', () => {
    const png = makePng({ width: 40, height: 30 })
    expect(accepted(png)).toMatchObject({ type: 'image/png', width: 40, height: 30 })
    expect(Buffer.from(accepted(png).bytes)).toEqual(png)
  })

  it('UP9 UP1: loses text, EXIF, colour profile, animation and whatever stands behind its end', () => {
    const png = makePng({
      extra: [
        ['gAMA', Buffer.alloc(4, 1)],
        ['tEXt', text('Comment\0made at home')],
        ['eXIf', gpsExif()],
        ['iCCP', text('profile')],
        ['acTL', Buffer.alloc(8)],
        ['fcTL', Buffer.alloc(26)],
        ['prVt', script],
      ],
      trailing: script,
    })
    const { bytes } = accepted(png)
    expect(Buffer.from(bytes)).toEqual(makePng({ extra: [['gAMA', Buffer.alloc(4, 1)]] }))
    expect(accepted(bytes).bytes).toEqual(bytes)
  })

  it('UP2: is refused with too many pixels, whatever its size in bytes', () => {
    expect(flawOf(makePng({ width: 50_000, height: 50_000, pixels: false }))).toBe('too-many-pixels')
    expect(flawOf(makePng({ width: 16_385, height: 1, pixels: false }))).toBe('too-many-pixels')
    expect(flawOf(makePng({ width: 2 ** 32 - 1, height: 1, pixels: false }))).toBe('too-many-pixels')
    expect(flawOf(makePng({ width: 0, height: 5 }))).toBe('damaged')
  })

  it('is refused when a chunk is needed that nobody knows, comes twice, is missing or says another sum', () => {
    const header = makePng().subarray(16, 29)
    expect(flawOf(makePng({ extra: [['ABCD', script]] }))).toBe('damaged')
    expect(flawOf(makePng({ extra: [['IHDR', header]] }))).toBe('damaged')
    expect(flawOf(makePng({ bitDepth: 3 }))).toBe('damaged')
    expect(flawOf(makePng({ colorType: 5 }))).toBe('damaged')
    const spoilt = makePng()
    spoilt[45] = (spoilt[45] ?? 0) ^ 1
    expect(flawOf(spoilt)).toBe('damaged')
  })
})

describe('JPEG', () => {
  it('is read with its sides, and clean ones stay as they are to the byte', () => {
    const jpeg = makeJpeg({ width: 60, height: 50, scans: 3 })
    expect(accepted(jpeg)).toMatchObject({ type: 'image/jpeg', width: 60, height: 50 })
    expect(Buffer.from(accepted(jpeg).bytes)).toEqual(jpeg)
  })

  it('UP9 UP1: loses EXIF with its place, comments, profiles, and whatever stands behind its end', () => {
    const dirty = makeJpeg({
      extra: [
        jpegSegment(0xe1, gpsExif()),
        jpegSegment(0xe2, text('ICC_PROFILE\0')),
        jpegSegment(0xfe, script),
        jpegSegment(0xed, text('Photoshop 3.0\0')),
      ],
      trailing: text('<?php phpinfo(); ?>'),
    })
    expect(holds(dirty, 'GPSLatitude')).toBe(true)
    expect(Buffer.from(accepted(dirty).bytes)).toEqual(makeJpeg())
  })

  it('keeps how its colours are meant, but no thumbnail', () => {
    const adobe = jpegSegment(0xee, Buffer.concat([text('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, 1])]))
    expect(Buffer.from(accepted(makeJpeg({ extra: [adobe] })).bytes)).toEqual(makeJpeg({ extra: [adobe] }))
    const thumbnail = jpegSegment(0xe0, Buffer.concat([text('JFIF\0'), Buffer.alloc(9), Buffer.alloc(12)]))
    expect(Buffer.from(accepted(makeJpeg({ extra: [thumbnail] })).bytes)).toEqual(makeJpeg())
  })

  it('UP2: is refused with too many pixels or scans', () => {
    expect(flawOf(makeJpeg({ width: 65_000, height: 65_000 }))).toBe('too-many-pixels')
    expect(flawOf(makeJpeg({ width: 8000, height: 5001 }))).toBe('too-many-pixels')
    expect(flawOf(makeJpeg({ scans: 2000 }))).toBe('damaged')
  })

  it('is refused with a second frame, arithmetic coding, or an end that does not come', () => {
    const frame = jpegSegment(0xc0, Buffer.from([8, 0, 5, 0, 6, 1, 1, 0x11, 0]))
    expect(flawOf(makeJpeg({ extra: [frame] }))).toBe('damaged')
    expect(flawOf(makeJpeg({ extra: [jpegSegment(0xc9, Buffer.alloc(9))] }))).toBe('damaged')
    expect(flawOf(makeJpeg().subarray(0, -2))).toBe('damaged')
  })
})

describe('WebP', () => {
  it('is read with its sides, lossy and lossless', () => {
    for (const frame of [lossyFrame(70, 60), losslessFrame(70, 60)]) {
      const image = accepted(makeWebp([frame]))
      expect(image).toMatchObject({ type: 'image/webp', width: 70, height: 60 })
      expect(Buffer.from(image.bytes)).toEqual(makeWebp([frame]))
    }
  })

  it('UP9 UP1: loses EXIF, XMP, profile, unknown chunks and whatever stands behind its end', () => {
    const alpha = webpChunk('ALPH', Buffer.alloc(5, 1))
    const dirty = makeWebp(
      [
        extendedHeader(0x3c),
        webpChunk('ICCP', text('profile')),
        alpha,
        lossyFrame(),
        webpChunk('EXIF', gpsExif()),
        webpChunk('XMP ', script),
        webpChunk('ABCD', script),
      ],
      script,
    )
    expect(Buffer.from(accepted(dirty).bytes)).toEqual(makeWebp([extendedHeader(0x10), alpha, lossyFrame()]))
  })

  it('UP2: is refused when it moves', () => {
    const frame = webpChunk('ANMF', Buffer.alloc(40))
    expect(flawOf(makeWebp([extendedHeader(0x02), webpChunk('ANIM', Buffer.alloc(6)), frame]))).toBe(
      'animated',
    )
  })

  it('is refused with two pictures, none, or a length beyond its end', () => {
    expect(flawOf(makeWebp([lossyFrame(), lossyFrame()]))).toBe('damaged')
    expect(flawOf(makeWebp([]))).toBe('damaged')
    expect(flawOf(makeWebp([lossyFrame()]).subarray(0, -2))).toBe('damaged')
    expect(flawOf(makeWebp([losslessFrame(16_384, 16_384)]))).toBe('too-many-pixels')
  })
})

describe('everything else', () => {
  it('UP1 UP3: is no picture: GIF, SVG, PDF, HTML, nothing', () => {
    const others = [makeGif(), text('<svg xmlns="http://www.w3.org/2000/svg"/>'), text('%PDF-1.7'), script]
    for (const bytes of [...others, Buffer.alloc(0), Buffer.alloc(3, 0xff)])
      expect(flawOf(bytes)).toBe('no-image')
  })

  it('UP4: is refused wherever a sound file is cut off', () => {
    for (const whole of [makePng(), makeJpeg({ scans: 2 }), makeWebp([lossyFrame()])]) {
      for (let length = 0; length < whole.length; length++) {
        expect([length, inspectImage(whole.subarray(0, length)).ok]).toEqual([length, false])
      }
    }
  })

  it('never makes a reader throw, nor a clean picture unclean', () => {
    const seed = Date.now() % 1_000_000
    const random = createRandom(seed)
    const whole = [makePng(), makeJpeg({ scans: 2 }), makeWebp([extendedHeader(0x10), lossyFrame()])]
    for (let turn = 0; turn < 3000; turn++) {
      const bytes = Buffer.from(whole[turn % whole.length] ?? makePng())
      for (let n = 0; n < 1 + random() * 4; n++) bytes[Math.floor(random() * bytes.length)] = random() * 256
      const inspected = inspectImage(bytes)
      sniffImage(bytes)
      if (inspected.ok) {
        expect(accepted(inspected.image.bytes).bytes, `seed ${seed}`).toEqual(inspected.image.bytes)
      }
    }
  })
})

describe('sniffImage', () => {
  it('tells by the bytes what a file is and how many pixels it claims', () => {
    expect(sniffImage(makePng({ width: 9, height: 8 }))).toEqual({ type: 'image/png', sides: [9, 8] })
    expect(sniffImage(makeJpeg())).toEqual({ type: 'image/jpeg', sides: [6, 5] })
    expect(sniffImage(makeWebp([extendedHeader(2, 30, 20)]))).toEqual({ type: 'image/webp', sides: [30, 20] })
    expect(sniffImage(makeGif(5, 4))).toEqual({ type: 'image/gif', sides: [5, 4] })
    expect(sniffImage(text('not a picture at all'))).toEqual({ type: null, flaw: 'no-image' })
  })

  it('finds the sides of bitmaps and of AVIF in their headers', () => {
    const bitmap = Buffer.alloc(60)
    bitmap.write('BM')
    bitmap.writeUInt32LE(40, 14)
    bitmap.writeInt32LE(12, 18)
    bitmap.writeInt32LE(-11, 22)
    expect(sniffImage(bitmap)).toEqual({ type: 'image/bmp', sides: [12, 11] })
    const avif = Buffer.alloc(80)
    avif.write('ftypavif', 4)
    avif.write('ispe', 40)
    avif.writeUInt32BE(33, 48)
    avif.writeUInt32BE(22, 52)
    expect(sniffImage(avif)).toEqual({ type: 'image/avif', sides: [33, 22] })
  })

  it('knows SVG by its root, behind declarations and comments, and no page that only holds one', () => {
    const svg = '<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg width="1">'
    expect(sniffImage(text(svg))).toEqual({ type: 'image/svg+xml', sides: null })
    expect(sniffImage(text('<html><svg></svg></html>')).type).toBeNull()
  })

  it('UP2: refuses bombs before anything decodes them', () => {
    expect(sniffImage(makeGif(60_000, 60_000))).toEqual({ type: null, flaw: 'too-many-pixels' })
    expect(sniffImage(makePng({ width: 50_000, height: 50_000, pixels: false }))).toEqual({
      type: null,
      flaw: 'too-many-pixels',
    })
  })
})
