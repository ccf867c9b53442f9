import { describe, expect, it } from 'vitest'
import type { ElementId } from '../model/element.ts'
import type { OverlaySource } from './overlay.ts'
import { isOverlayEmpty } from './overlay-empty.ts'
import { EMPTY_SCENE } from './scene.ts'

const source = (scene: object, board: object = {}, marks: object | null = {}): OverlaySource =>
  ({
    board: { frames: [], linked: [], ...board },
    scene: { ...EMPTY_SCENE, ...scene },
    marks,
  }) as unknown as OverlaySource

describe('an overlay', () => {
  it('is left alone while there is nothing to show', () => {
    expect(isOverlayEmpty(source({}))).toBe(true)
    expect(isOverlayEmpty(source({ hints: { binding: null } }))).toBe(true)
  })

  it.each([
    { selection: new Set(['a' as ElementId]) },
    { focusedGroup: 'g' },
    { marquee: { minX: 0, minY: 0, maxX: 1, maxY: 1 } },
    { hints: { guides: [] } },
    { presenting: 'f' },
    { highlights: { found: [], current: null } },
    { editing: 'a' },
    { peers: [{}] },
    { uploads: new Map([['a', 0.5]]) },
    { draft: { type: 'erase', ids: [] } },
  ])('is not for %o', (scene) => {
    expect(isOverlayEmpty(source(scene))).toBe(false)
  })

  it('is not on a board with frames or links, whose names and signs are shown', () => {
    expect(isOverlayEmpty(source({}, { frames: [{}] }))).toBe(false)
    expect(isOverlayEmpty(source({}, { linked: [{}] }))).toBe(false)
    expect(isOverlayEmpty(source({}, { linked: [{}] }, null))).toBe(true)
  })
})
