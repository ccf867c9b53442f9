import { describe, expect, it } from 'vitest'
import { type WorldPoint, worldPoint } from '../geometry/types.ts'
import type { Peer } from '../model/presence.ts'
import { CursorMotion } from './cursor-motion.ts'
import { LaserTrails } from './laser-trails.ts'
import { viewportOf } from './viewport.ts'

const view = viewportOf({ x: 0, y: 0, zoom: 1 }, [400, 300], 1)

/** Counts what a trail draws, and how broad. */
const drawnBy = (trails: LaserTrails, now: number): number[] => {
  const widths: number[] = []
  const context = {
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    moveTo: () => undefined,
    lineTo: () => undefined,
    quadraticCurveTo: () => undefined,
    stroke() {
      widths.push(this.lineWidth)
    },
    lineWidth: 0,
  }
  trails.paint(context as unknown as CanvasRenderingContext2D, view, now)
  return widths
}

const laser = (...points: WorldPoint[]) => ({ kind: 'laser', points }) as const

const peer = (cursor: WorldPoint, pointing: boolean): Peer =>
  ({ clientId: 7, cursor, laser: pointing, color: '#d6336c' }) as unknown as Peer

describe('the trail of a laser', () => {
  it('tapers, fades within a second and then asks for nothing more', () => {
    const trails = new LaserTrails()
    trails.note(laser(worldPoint(0, 0)), '#d6336c', 0)
    trails.note(laser(worldPoint(50, 0)), '#d6336c', 400)
    trails.note(undefined, '#d6336c', 500)
    expect(trails.advance([], new CursorMotion(), 1, 500)).toBe(true)
    const [first = 0, second = 0] = drawnBy(trails, 500)
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first)
    expect(trails.advance([], new CursorMotion(), 1, 1_450)).toBe(false)
    expect(drawnBy(trails, 1_450)).toEqual([])
  })

  it('stays as a point where the pointer rests, which needs no frames', () => {
    const trails = new LaserTrails()
    trails.note(laser(worldPoint(0, 0), worldPoint(9, 0)), '#d6336c', 0)
    expect(trails.advance([], new CursorMotion(), 1, 3_000)).toBe(false)
    expect(drawnBy(trails, 3_000).length).toBeGreaterThan(0)
  })

  it('follows a peer who points, and no peer who only moves', () => {
    const trails = new LaserTrails()
    const motion = new CursorMotion()
    const go = (x: number, pointing: boolean, now: number): boolean => {
      const peers = [peer(worldPoint(x, 0), pointing)]
      motion.advance(peers, 1_000, 1)
      return trails.advance(peers, motion, 1, now)
    }
    expect(go(0, false, 0)).toBe(false)
    expect(drawnBy(trails, 0)).toEqual([])
    go(10, true, 10)
    expect(go(60, true, 30)).toBe(true)
    expect(go(90, false, 50)).toBe(true)
    expect(go(90, false, 2_000)).toBe(false)
  })

  it('is not joined to the next one', () => {
    const trails = new LaserTrails()
    trails.note(laser(worldPoint(0, 0)), '#d6336c', 0)
    trails.note(undefined, '#d6336c', 10)
    trails.note(laser(worldPoint(300, 0)), '#d6336c', 20)
    const moves: number[][] = []
    const context = {
      save: () => undefined,
      restore: () => undefined,
      beginPath: () => undefined,
      moveTo: (x: number) => moves.push([x]),
      quadraticCurveTo: (_x: number, _y: number, x: number) => moves.at(-1)?.push(x),
      stroke: () => undefined,
    }
    trails.paint(context as unknown as CanvasRenderingContext2D, view, 20)
    for (const [from = 0, to = 0] of moves) expect(Math.abs(to - from)).toBeLessThan(1)
  })
})
