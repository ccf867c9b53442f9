import { describe, expect, it, vi } from 'vitest'
import { inTurns, turn } from './turns.ts'

const busy = (milliseconds: number): void => {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

/** Work in so many steps of some milliseconds, which notes each. */
function* steps(
  count: number,
  milliseconds: number,
  note: (step: number) => void,
): Generator<undefined, string> {
  for (let step = 1; step <= count; step++) {
    busy(milliseconds)
    note(step)
    yield
  }
  return 'done'
}

describe('long work in turns', () => {
  it('is done at once where it is short and nothing else is under way', async () => {
    const seen: number[] = []
    const still = vi.spyOn(performance, 'now').mockReturnValue(0)
    const done = inTurns(steps(3, 0, (step) => seen.push(step)))
    still.mockRestore()
    expect(seen).toEqual([1, 2, 3])
    expect(await done).toBe('done')
  })

  it('S68 lets others have their turn every few milliseconds', async () => {
    let turns = 0
    let isDone = false
    const done = inTurns(steps(10, 5, () => {})).then(() => {
      isDone = true
    })
    while (!isDone) {
      await turn()
      turns++
    }
    await done
    expect(turns).toBeGreaterThanOrEqual(3)
  })

  it('S68 shares one stretch between all that is under way, and lets what is short pass what is long', async () => {
    const order: string[] = []
    const long = inTurns(steps(20, 5, () => {})).then(() => order.push('long'))
    const short = inTurns(steps(1, 0, () => {})).then(() => order.push('short'))
    expect(order).toEqual([])
    await Promise.all([long, short])
    expect(order).toEqual(['short', 'long'])
  })

  it('rejects with what the work throws, and goes on with other work', async () => {
    function* failing(): Generator<undefined, void> {
      yield
      throw new Error('broken')
    }
    await expect(inTurns(failing())).rejects.toThrow('broken')
    expect(await inTurns(steps(1, 0, () => {}))).toBe('done')
  })
})
