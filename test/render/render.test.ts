import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../whiteboard/elements/index.ts'
import { dataUrl } from './support/browser-page.ts'
import { cases, casesFolder, readCase } from './support/cases.ts'
import type { Difference } from './support/page.ts'
import type { Scene } from './support/scenes.ts'
import { Studio } from './support/studio.ts'

const results = join(casesFolder, '..', '..', 'test-results', 'render')
const updating = process.env.UPDATE_RENDER === '1'

type Limits = Pick<Difference, 'mean' | 'off' | 'worst'>

/** What may differ from the expected picture: the edges of letters and lines, as other machines smooth them. */
const EXPECTED: Limits = { mean: 0.003, off: 0.005, worst: 0.03 }

/**
 * What may differ between screen and SVG export: the edges of lines, how letters lie between pixels, the softness of the
 * shadows of notes.
 */
const EXPORT: Limits = { mean: 0.005, off: 0.0075, worst: 0.03 }

const bytesOf = (url: string): Buffer => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')

/** Leaves both pictures and their difference behind, to be looked at, when they are too far apart. */
const expectAlike = (name: string, difference: Difference, limits: Limits): void => {
  const { picture, ...numbers } = difference
  const broken = (Object.keys(limits) as (keyof Limits)[]).filter((key) => numbers[key] > limits[key])
  if (broken.length > 0) {
    mkdirSync(results, { recursive: true })
    writeFileSync(join(results, `${name}.png`), bytesOf(picture))
  }
  expect(broken, `${JSON.stringify(numbers)}; look at test-results/render/${name}.png`).toEqual([])
}

let studio: Studio

const painted = new Map<string, Promise<string>>()

/** As the board shows a case; drawn once. */
const paint = (name: string, theme: 'light' | 'dark'): Promise<string> => {
  const key = `${name} ${theme}`
  const drawn = painted.get(key) ?? studio.paint(readCase(name), theme)
  painted.set(key, drawn)
  return drawn
}

beforeAll(async () => {
  studio = await Studio.open()
})

afterAll(() => studio?.close())

it('there is a case for every type of element', () => {
  const types = new Set(
    cases.flatMap((name) => readCase(name).elements.map((each) => (each as Element).type)),
  )
  expect(kinds.types.filter((type) => !types.has(type))).toEqual([])
})

interface Element {
  readonly type: string
}

describe.each(cases)('%s', (name) => {
  it.each(['light', 'dark'] as const)('looks as expected on a %s board', async (theme) => {
    const file = join(casesFolder, name, `${theme}.png`)
    const drawn = await paint(name, theme)
    if (updating) writeFileSync(file, bytesOf(drawn))
    expect(existsSync(file), `${file} is missing; see README.md`).toBe(true)
    const difference = await studio.compare(dataUrl(file, 'image/png'), drawn)
    expectAlike(`${name}-${theme}`, difference, EXPECTED)
  })

  it.each(['light', 'dark'] as const)('is exported as SVG as it is shown on a %s board', async (theme) => {
    const exported = await studio.paintSvg(readCase(name), theme)
    const difference = await studio.compare(await paint(name, theme), exported)
    expectAlike(`${name}-${theme}-svg`, difference, EXPORT)
  })
})

describe('the comparison', () => {
  const scene = (x: number): Scene => ({
    pictures: {},
    elements: [
      { type: 'rectangle', x: 0, y: 0, width: 400, height: 300 },
      {
        type: 'line',
        x,
        y: 100,
        width: 60,
        height: 0,
        points: [
          [0, 0],
          [60, 0],
        ],
      },
    ],
  })

  it('notices one short line that moved by a few units', async () => {
    const same = await studio.compare(
      await studio.paint(scene(100), 'light'),
      await studio.paint(scene(100), 'light'),
    )
    expect(same).toMatchObject({ mean: 0, off: 0, worst: 0 })
    const moved = await studio.compare(
      await studio.paint(scene(100), 'light'),
      await studio.paint(scene(140), 'light'),
    )
    expect(moved.worst).toBeGreaterThan(EXPECTED.worst)
  })
})
