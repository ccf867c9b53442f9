import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRateLimiter } from '../../server/auth/rate-limit.ts'
import { openRedis } from '../../server/redis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { silentLog } from '../support/stores.ts'

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis()
}, 60_000)
afterAll(() => redis.stop())

describe('rate limits of several nodes', () => {
  const rate = { times: 2, per: 300_000 }

  const open = async () => {
    const connection = openRedis(redis.url, 'test', silentLog)
    await new Promise((resolve) => connection.once('ready', resolve))
    return connection
  }

  it('AP6: count together, survive a restart of the node, and go on alone without Redis', async () => {
    const [one, two] = [await open(), await open()]
    const here = createRateLimiter('guess', rate, { redis: one, prefix: 'a:' })
    const there = createRateLimiter('guess', rate, { redis: two, prefix: 'a:' })
    expect([await here.take('x'), await there.take('x')]).toEqual([null, null])
    expect(await here.take('x')).toBeGreaterThan(290)
    expect(await there.take('x')).toBeGreaterThan(290)
    expect(await here.take('y')).toBeNull()
    const restarted = createRateLimiter('guess', rate, { redis: two, prefix: 'a:' })
    expect(await restarted.take('x')).not.toBeNull()
    const other = createRateLimiter('other', rate, { redis: two, prefix: 'a:' })
    expect(await other.take('x')).toBeNull()

    const lost = new Promise((resolve) => one.once('close', resolve))
    await redis.stop()
    await lost
    const alone = [await here.take('x'), await here.take('x'), await here.take('x')]
    expect(alone).toEqual([null, null, expect.any(Number)])
    for (const connection of [one, two]) connection.disconnect()
  })
})
