import { describe, expect, it } from 'vitest'
import type { Element } from '../model/element.ts'
import { isAwaited, writtenAnew } from './font-arrivals.ts'

const [plain, serif] = [{ fontFamily: 'hand' }, { fontFamily: 'serif' }] as unknown as [Element, Element]

const arrival = (...families: string[]): Event =>
  Object.assign(new Event('loadingdone'), {
    fontfaces: families.map((family) => ({ family, status: 'loaded' })),
  })

describe('when fonts arrive', () => {
  it('writes anew the elements that use them', () => {
    expect(writtenAnew(arrival('"Source Serif 4"', 'JetBrains Mono'), [plain, serif])).toEqual([serif])
    expect(writtenAnew(arrival('JetBrains Mono', 'Another'), [plain, serif])).toEqual([])
  })

  it('writes everything anew for a font that is everywhere, or when it is not said which', () => {
    expect(writtenAnew(arrival('Inter'), [serif])).toBe('all')
    expect(writtenAnew(new Event('loadingdone'), [plain])).toBe('all')
  })
})

describe('while fonts are on their way', () => {
  const loading = (family: string) => [{ family, status: 'loading' as const }]

  it('waits for those that something is written in', () => {
    expect(isAwaited(loading('Source Serif 4'), [plain, serif])).toBe(true)
    expect(isAwaited(loading('"Inter"'), [])).toBe(true)
  })

  it('does not wait for others', () => {
    expect(isAwaited(loading('Source Serif 4'), [plain])).toBe(false)
    expect(isAwaited([{ family: 'Source Serif 4', status: 'loaded' }], [serif])).toBe(false)
  })
})
