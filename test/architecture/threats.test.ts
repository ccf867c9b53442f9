import { describe, expect, it } from 'vitest'
import { quotesIn, readSource, sourceFiles, testFiles } from './sources.ts'

const SPEC = 'server/sync/SPEC.md'

interface Row {
  readonly ids: readonly string[]
  readonly coveredBy: string
}

/** `SY2-SY4, SY7` as single ids. */
const idsIn = (text: string): string[] =>
  [...text.matchAll(/\b([A-Z]{2})(\d+)(?:[-–](?:[A-Z]{2})?(\d+))?\b/g)].flatMap(
    ([, letters, first, last]) => {
      const [from, to] = [Number(first), Number(last ?? first)]
      return Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => `${letters}${from + index}`)
    },
  )

const rows = (): Row[] => {
  const section =
    readSource(SPEC)
      .split(/^## THREATS ids$/m)[1]
      ?.split(/^## /m)[0] ?? ''
  return [...section.matchAll(/^\| ([^|]+) \| ([^|]*) \|/gm)]
    .map(([, ids = '', coveredBy = '']) => ({ ids: idsIn(ids), coveredBy: coveredBy.trim() }))
    .filter(({ ids }) => ids.length > 0)
}

const waits = ({ coveredBy }: Row): boolean => /^(waits|open)\b/.test(coveredBy)

describe(`the threats that ${SPEC} lists`, () => {
  const table = rows()

  it('stand there once each', () => {
    const all = table.flatMap(({ ids }) => ids)
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([])
  })

  it('are all of those before the sync server and its gate', () => {
    const all = new Set(table.flatMap(({ ids }) => ids))
    expect(idsIn('WS1-WS21, SY1-SY17, CT1-CT13').filter((id) => !all.has(id))).toEqual([])
  })

  it('are each named by the title of a test, unless they wait for something', () => {
    const named = new Set(testFiles().flatMap((path) => idsIn(quotesIn(readSource(path)))))
    const covered = table.filter((row) => !waits(row)).flatMap(({ ids }) => ids)
    expect(covered.filter((id) => !named.has(id))).toEqual([])
  })
})

/** These give Yjs a decoder of their own, which reads the first encoding. */
const withOwnDecoder = new Set([
  'whiteboard/model/updates/apply-parts.ts',
  'whiteboard/model/updates/update-decoder.ts',
])

it('SY4 nothing reads or writes Yjs’ second encoding, which lets a few bytes claim unbounded work', () => {
  const second = /\b\w*Update\w*V2\b|\bconvertUpdateFormat\w*/
  const files = sourceFiles().filter((path) => !withOwnDecoder.has(path))
  expect(files.filter((path) => second.test(readSource(path)))).toEqual([])
})
