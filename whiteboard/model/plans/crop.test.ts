import { describe, expect, it } from 'vitest'
import { plainElement } from '../../../test/support/plain-element.ts'
import { rotatedCorners } from '../../geometry/transform.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../element.ts'
import { healFramed } from '../framed.ts'
import { beginCrop, cropPatch, keptPlace, moveCrop, pullCrop } from './crop.ts'

const picture = (fields: object = {}): Element =>
  plainElement({
    type: 'image',
    position: worldPoint(100, 50),
    natural: [400, 200],
    crop: null,
    flip: [false, false],
    ...fields,
  })

const begun = (element: Element) => {
  const cropping = beginCrop(element)
  if (!cropping) throw new Error('cannot be cropped')
  return cropping
}

describe('cropping', () => {
  it('keeps a part of the picture where it was, at the scale it had', () => {
    const cropping = pullCrop(begun(picture()), 'se', [-50, -40])
    expect(cropPatch(cropping)).toEqual({ crop: [0, 0, 300, 120], position: [100, 50], size: [150, 60] })
    const other = pullCrop(cropping, 'nw', [20, 10])
    expect(cropPatch(other)).toEqual({ crop: [40, 20, 260, 100], position: [120, 60], size: [130, 50] })
  })

  it('ends where the picture does, and leaves a little of it', () => {
    expect(cropPatch(pullCrop(begun(picture()), 'se', [900, 900]))).toMatchObject({
      crop: null,
      size: [200, 100],
    })
    const least = cropPatch(pullCrop(begun(picture()), 'nw', [900, 900]))
    expect(least).toMatchObject({ crop: [396, 196, 4, 4], size: [2, 2] })
  })

  it('goes on from what was cropped before, turned or turned over, without anything moving', () => {
    for (const flip of [
      [false, false],
      [true, false],
      [false, true],
    ]) {
      const element = picture({ crop: [100, 20, 200, 100], flip, rotation: radians(0.7) })
      const { position, size, rotation } = keptPlace(begun(element))
      expect(rotation).toBe(element.rotation)
      const numbers = [...position, ...size]
      for (const [index, number] of [...element.position, ...element.size].entries())
        expect(numbers[index]).toBeCloseTo(number)
      expect(cropPatch(begun(element)).crop).toEqual([100, 20, 200, 100])
    }
  })

  it('takes from the other side of a picture that is turned over', () => {
    const cropping = pullCrop(begun(picture({ flip: [true, false] })), 'e', [-50, 0])
    expect(cropPatch(cropping)).toMatchObject({
      crop: [100, 0, 300, 200],
      position: [100, 50],
      size: [150, 100],
    })
  })

  it('leaves the opposite corner of a turned picture in its place', () => {
    const element = picture({ rotation: radians(1) })
    const cropped = { ...element, ...cropPatch(pullCrop(begun(element), 'se', [-60, -30])) } as Element
    const [before, after] = [rotatedCorners(element)[0], rotatedCorners(cropped)[0]]
    expect(after[0]).toBeCloseTo(before[0], 6)
    expect(after[1]).toBeCloseTo(before[1], 6)
  })

  it('moves what is kept over the picture, within it', () => {
    const small = pullCrop(begun(picture()), 'se', [-100, -50])
    expect(cropPatch(moveCrop(small, [30, 20])).crop).toEqual([60, 40, 200, 100])
    expect(cropPatch(moveCrop(small, [999, -999])).crop).toEqual([200, 0, 200, 100])
  })

  it('needs to know the picture’s pixels', () => {
    expect(beginCrop(picture({ natural: null }))).toBeNull()
    expect(beginCrop(picture({ size: [0, 10] }))).toBeNull()
  })
})

describe('healFramed', () => {
  it('brings a crop into the picture, and takes one of all of it for none', () => {
    const crop = (value: unknown) => healFramed({ natural: [400, 200], crop: value }).crop
    expect(crop([-10, 150, 900, 900])).toEqual([0, 150, 400, 50])
    expect(crop([500, 500, -5, 0])).toEqual([399, 199, 1, 1])
    expect(crop([0, 0, 400, 200])).toBeNull()
    for (const wrong of [null, 'x', [1, 2, 3], [1, 2, 3, 'x'], [Number.NaN, 0, 1, 1]])
      expect(crop(wrong)).toBeNull()
    expect(healFramed({ natural: [0, 5], crop: [0, 0, 1, 1] })).toMatchObject({ natural: null, crop: null })
  })
})
