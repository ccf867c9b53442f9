import { describe, expect, it, vi } from 'vitest'
import { contrastRatio, paperPalette, strokePalette, type Theme } from '../model/palette.ts'
import { patternInk, shownPaper } from '../model/paper.ts'
import { type BoardSettings, DEFAULT_SETTINGS, PATTERNS } from '../model/settings.ts'
import { paintBackdrop, patternSpacing } from './backdrop.ts'
import { viewportOf } from './viewport.ts'

interface Mark {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
  readonly alpha: number
}

/** A canvas that only takes notes of what is filled, and of what of other such canvases is laid on it. */
const noteTaking = () => {
  let marks: Mark[] = []
  const canvas = { width: 0, height: 0, getContext: () => context, marks: () => marks }
  const context = {
    canvas,
    fillStyle: '',
    globalAlpha: 1,
    setTransform: () => undefined,
    clearRect: () => {
      marks = []
    },
    fillRect(x: number, y: number, width: number, height: number) {
      marks.push({ x, y, width, height, color: this.fillStyle, alpha: this.globalAlpha })
    },
    drawImage(image: typeof canvas, ...[, , , , left = 0, top = 0]: number[]) {
      for (const mark of image.marks()) {
        marks.push({ ...mark, x: mark.x + left, y: mark.y + top, alpha: mark.alpha * this.globalAlpha })
      }
    },
  }
  return { canvas, context }
}

vi.stubGlobal('document', { createElement: () => noteTaking().canvas })

const painted = (settings: Partial<BoardSettings>, zoom = 1, ratio = 1, theme: Theme = 'light'): Mark[] => {
  const { canvas, context } = noteTaking()
  const view = viewportOf({ x: -3.3, y: 7.7, zoom }, [400, 300], ratio)
  const full = { ...DEFAULT_SETTINGS, ...settings }
  paintBackdrop(context as unknown as CanvasRenderingContext2D, view, theme, full)
  return canvas.marks()
}

describe('the board’s paper', () => {
  it('is plain, dotted, ruled or squared', () => {
    expect(painted({ pattern: 'plain' })).toHaveLength(1)
    const [, ...dots] = painted({ pattern: 'dots' })
    expect(dots.every(({ width, height }) => width === height)).toBe(true)
    const [, ...lines] = painted({ pattern: 'lines' })
    expect(lines.every(({ width }) => width === 400)).toBe(true)
    const [, ...grid] = painted({ pattern: 'grid' })
    expect(grid.some(({ width }) => width === 400) && grid.some(({ height }) => height === 300)).toBe(true)
  })

  it.each(PATTERNS)('is crisp and never crowded at any zoom: %s', (pattern) => {
    for (const ratio of [1, 1.5, 2]) {
      for (let zoom = 0.02; zoom <= 32; zoom *= 1.3) {
        const marks = painted({ pattern, gridStep: 4 }, zoom, ratio)
        expect(marks.length).toBeLessThan(3_000)
        for (const { x, y, width, height } of marks) {
          expect([x, y, width, height].every(Number.isInteger)).toBe(true)
        }
      }
    }
  })

  it('keeps lines on the grid: they lie whole steps apart', () => {
    for (let zoom = 0.02; zoom <= 32; zoom *= 1.7) {
      const view = viewportOf({ x: 0, y: 0, zoom }, [400, 300], 2)
      const steps = patternSpacing('grid', 25, view) / (25 * view.scale)
      expect(steps).toBeCloseTo(Math.max(1, Math.round(steps)), 9)
    }
  })

  it.each(['light', 'dark'] as const)('leaves every line legible on every paper (%s)', (theme) => {
    for (const paper of paperPalette) {
      const shown = theme === 'light' ? paper.color : paper.dark
      expect(shownPaper(paper.color, theme)).toBe(shown)
      for (const line of strokePalette) {
        const color = theme === 'light' ? line.color : line.dark
        expect(contrastRatio(color, shown), `${line.name} on ${paper.name}`).toBeGreaterThan(2.5)
      }
    }
  })

  it('draws its pattern in light ink on dark paper, whatever the theme', () => {
    expect(patternInk('#101418', 'light').color).not.toBe(patternInk('#fafafa', 'light').color)
  })
})
