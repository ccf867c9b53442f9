import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kinds } from '../../whiteboard/elements/index.ts'
import { boardToSvg } from '../../whiteboard/formats/svg.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/approximate-measurer.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { elementFromJson } from '../../whiteboard/model/json.ts'

const folder = import.meta.dirname
const updating = process.env.UPDATE_RENDER === '1'

const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

interface Case {
  readonly theme: 'light' | 'dark'
  readonly elements: readonly unknown[]
}

const picture = (name: string): string => {
  const { theme, elements } = JSON.parse(readFileSync(join(folder, name, 'board.json'), 'utf8')) as Case
  const read = elements.map((json) => elementFromJson(json, kinds)).filter((element) => element !== null)
  expect(read).toHaveLength(elements.length)
  const svg = boardToSvg(read as Element[], kinds, createApproximateMeasurer(), { theme })
  return `${svg.replaceAll('><', '>\n<')}\n`
}

it.each(cases)('%s looks as expected', (name) => {
  const file = join(folder, name, 'expected.svg')
  const drawn = picture(name)
  if (updating) writeFileSync(file, drawn)
  expect(existsSync(file), `${file} is missing; see README.md`).toBe(true)
  expect(drawn).toBe(readFileSync(file, 'utf8'))
})
