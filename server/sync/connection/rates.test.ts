import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../../test/support/manual-clock.ts'
import { withDefaults } from '../limits.ts'
import { Meter, Rates } from './rates.ts'

const limits = withDefaults({
  framesPerSecond: 10,
  framesBurst: 50,
  bytesPerSecond: 1000,
  bytesBurst: 4000,
  controlsPerSecond: 1,
  controlsBurst: 5,
  floodPatience: 3000,
})

const setUp = () => {
  const clock = createManualClock()
  const heard: string[] = []
  const rates = new Rates(clock, limits)
  const meter = new Meter(rates, {
    refilled: () => heard.push('refilled'),
    flooded: () => heard.push('flooded'),
  })
  return { clock, rates, meter, heard }
}

describe('S76: the meter of a connection', () => {
  it('takes a burst, then stops reading until some of it is made up for, and loses nothing', () => {
    const { clock, meter, heard } = setUp()
    for (let frame = 0; frame < 50; frame++) expect(meter.take(1)).toBe(true)
    expect(meter.take(1)).toBe(false)
    clock.advance(100)
    expect(heard).toEqual(['refilled'])
  })

  it('does so for bytes, however long it takes', () => {
    const { clock, meter, heard } = setUp()
    expect(meter.take(4000)).toBe(true)
    expect(meter.take(60_000)).toBe(false)
    clock.advance(59_000)
    expect(heard).toEqual([])
    clock.advance(1000)
    expect(heard).toEqual(['refilled'])
  })

  it('S77: calls it a flood when there are too many messages for seconds on end', () => {
    const { clock, meter, heard } = setUp()
    for (let second = 0; second < 3; second++) {
      for (let frame = 0; frame < 100; frame++) meter.take(1)
      clock.advance(1000)
    }
    expect(heard).toEqual(['flooded'])
  })

  it('S77: bears one burst now and then', () => {
    const { clock, meter, heard } = setUp()
    for (let minute = 0; minute < 10; minute++) {
      for (let frame = 0; frame < 70; frame++) meter.take(1)
      clock.advance(60_000)
    }
    expect(heard).not.toContain('flooded')
  })

  it('S75: calls many pings a flood at once', () => {
    const { meter, heard } = setUp()
    for (let ping = 0; ping < 6; ping++) meter.takeControl()
    expect(heard).toEqual(['flooded'])
  })

  it('keeps no timer while nobody sends', () => {
    const { clock, meter } = setUp()
    expect(clock.waiting).toBe(0)
    meter.take(100)
    expect(clock.waiting).toBe(1)
    clock.advance(10_000)
    expect(clock.waiting).toBe(0)
    meter.take(100)
    meter.stop()
    clock.advance(100)
    expect(clock.waiting).toBe(0)
  })
})
