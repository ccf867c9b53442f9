import { describe, expect, it } from 'vitest'
import { budgetFor, pace } from './tile-budget.ts'

const moving = { moved: 10, worked: 10, touched: 10 }
const working = { moved: 5000, worked: 20, touched: 20 }
const busy = { moved: 5000, worked: 5000, touched: 20 }
const still = { moved: 5000, worked: 5000, touched: 5000 }

describe('what a frame may spend on tiles', () => {
  it('is little while the view moves, and most while everything stands still', () => {
    const [least, some, most] = [budgetFor(moving, 1), budgetFor(busy, 1), budgetFor(still, 1)]
    expect(least.leisure).toBeLessThan(some.leisure)
    expect(some.leisure).toBeLessThan(most.leisure)
    expect(most.urgent).toBeLessThanOrEqual(30)
    expect(least.far).toBe(0)
    expect(some.far).toBeGreaterThan(0)
    expect(least.urgent + 4).toBeLessThan(16)
  })

  it('is nothing for what is not in view while a hand is at work, the view standing still', () => {
    expect(budgetFor(working, 1)).toMatchObject({ ahead: 0, far: 0 })
    expect(budgetFor(working, 1).urgent).toBe(budgetFor(still, 1).urgent)
    expect(budgetFor(moving, 1).ahead).toBeGreaterThan(0)
  })

  it('is most of all, but no long task, while nothing is shown yet and nobody moves', () => {
    const first = budgetFor({ ...busy, first: true }, 1)
    expect(first.urgent).toBeGreaterThan(budgetFor(still, 1).urgent)
    expect(first.urgent).toBeLessThan(80)
    expect(budgetFor({ ...moving, first: true }, 1)).toEqual(budgetFor(moving, 1))
  })

  it('is less while zooming for what is only sharper, and the same for what presses', () => {
    const zooming = budgetFor({ ...moving, zoomed: 10 }, 1)
    expect(zooming.leisure).toBeLessThan(budgetFor(moving, 1).leisure)
    expect(zooming.urgent).toBe(budgetFor(moving, 1).urgent)
  })

  it('becomes less while frames are late, never nothing, and comes back', () => {
    let share = 1
    for (let frame = 0; frame < 50; frame++) share = pace(share, moving, 40)
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.5)
    for (let frame = 0; frame < 50; frame++) share = pace(share, moving, 16)
    expect(share).toBe(1)
  })
})
