import { describe, expect, it, vi } from 'vitest'
import { plainElement } from '../../test/support/plain-element.ts'
import { kinds } from '../elements/index.ts'
import { radians, worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import { shownColor } from '../model/palette.ts'
import { boardToSvg } from './svg.ts'
import { escapeXml, svgNumber } from './svg-surface.ts'

const measure = { width: (text: string, _: unknown, size: number) => text.length * size * 0.5 }

const make = (type: string, fields: Record<string, unknown> = {}): Element =>
  plainElement({ ...kinds.get(type).defaults, type, position: worldPoint(100, 50), ...fields })

/** Whether every tag is closed in order and text holds no bare markup. */
const isWellFormed = (svg: string): boolean => {
  const open: string[] = []
  const rest = svg.replace(
    /<(\/?)([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, __, empty) => {
      if (end === '/') {
        if (open.pop() !== name) open.push('wrong')
      } else if (empty !== '/') open.push(name)
      return ''
    },
  )
  return open.length === 0 && !/[<>"]|&(?!(amp|lt|gt|quot|#39);)/.test(rest)
}

describe('a picture of the board', () => {
  it('holds every type, well formed', () => {
    const points = [
      [0, 0],
      [200, 100],
    ]
    const elements = [
      ...kinds.types.filter((type) => type !== 'ink' && type !== 'highlighter'),
      'mystery',
    ].map((type) =>
      make(type, { points, text: 'Label', fillStyle: 'semi', opacity: 0.5, rotation: radians(0.4) }),
    )
    const svg = boardToSvg(elements, kinds, measure, { theme: 'dark' })
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/)
    expect(svg.match(/<g transform=/g)).toHaveLength(elements.length)
  })

  it('is large enough for what is drawn, and no larger than asked for', () => {
    const svg = boardToSvg([make('rectangle')], kinds, measure, { padding: 10, fit: [110, 1000] })
    const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1])
    expect(width).toBeCloseTo(110, 1)
    const [minX, minY] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? '').split(' ').map(Number)
    expect(minX).toBeLessThanOrEqual(89)
    expect(minY).toBeLessThanOrEqual(39)
  })

  it('is a blank sheet for an empty board', () => {
    expect(boardToSvg([], kinds, measure)).toMatch(
      /^<svg [^>]+><title>Drawing<\/title><rect [^>]+\/><\/svg>$/,
    )
  })

  it('shows the colours of its theme', () => {
    const element = make('rectangle', { fillStyle: 'solid', fill: '#d5e4ff' })
    expect(boardToSvg([element], kinds, measure, { theme: 'light' })).toContain('fill="#d5e4ff"')
    const dark = boardToSvg([element], kinds, measure, { theme: 'dark' })
    expect(dark).toContain(`fill="${shownColor('#d5e4ff', 'dark')}"`)
    expect(dark).not.toContain('#d5e4ff')
  })

  it('lets no content out of its place', () => {
    const text = `</text><script>alert("1")</script>&amp;'\u0000\ud800 ]]>`
    const hostile = make('text', {
      text,
      stroke: '"/><script>',
      fontFamily: '"><script>',
      textAlign: 'onload',
      autoWidth: true,
    })
    const svg = boardToSvg([hostile], kinds, measure, { title: text })
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toContain('<script')
    for (const forbidden of ['\u0000', '\ud800']) expect(svg).not.toContain(forbidden)
  })

  it('CT7: leads where links say, if asked to, and never anywhere that runs something', () => {
    const linked = make('rectangle', { link: 'https://example.org/?a="b"&c' })
    const svg = boardToSvg([linked], kinds, measure, { links: true })
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).toContain('<a href="https://example.org/?a=&quot;b&quot;&amp;c"')
    expect(boardToSvg([linked], kinds, measure)).not.toContain('<a ')
    const hostile = { ...make('rectangle'), link: 'javascript:alert(1)' }
    expect(boardToSvg([hostile], kinds, measure, { links: true })).not.toContain('<a ')
  })

  it('shows the placeholder for a type that fails, and says so once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const failing: KindRegistry = {
      ...kinds,
      get: (type) =>
        type === 'broken'
          ? {
              ...kinds.get('rectangle'),
              paint: (surface) => {
                surface.fill([['M', 1, 1]], '#ff0000')
                throw new Error('broken')
              },
            }
          : kinds.get(type),
    }
    const svg = boardToSvg([make('broken'), make('broken')], failing, measure)
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toContain('#ff0000')
    expect(svg.match(/Not shown/g)).toHaveLength(2)
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })
})

describe('values in SVG', () => {
  it('are numbers that every viewer reads', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-7, 1e21, 1 / 3].map(svgNumber)).toEqual([
      '0',
      '0',
      '0',
      '0',
      '0',
      '0.33',
    ])
  })

  it('keep whole pairs of surrogates and drop halves', () => {
    expect(escapeXml('a\ud83d\ude00b\ude00c<')).toBe('a\ud83d\ude00bc&lt;')
  })
})
