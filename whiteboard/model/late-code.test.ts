import { expect, it } from 'vitest'
import { LateCode } from './late-code.ts'

it('is fetched once, however many ask', async () => {
  let times = 0
  const code = new LateCode(async () => ++times)
  expect(code.here).toBeNull()
  expect(await Promise.all([code.fetch(), code.fetch()])).toEqual([1, 1])
  await code.prepare()
  expect(code.here).toBe(1)
  expect(times).toBe(1)
})

it('is asked for again after it could not be had', async () => {
  let isOnline = false
  const code = new LateCode(() => (isOnline ? Promise.resolve('code') : Promise.reject(new Error('offline'))))
  await expect(code.fetch()).rejects.toThrow('offline')
  await code.prepare()
  expect(code.here).toBeNull()
  isOnline = true
  await code.prepare()
  expect(code.here).toBe('code')
})
