import { once } from 'node:events'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessEvents } from '../../server/boards/access-events.ts'
import { createSharedTicketLedger } from '../../server/boards/shared-ticket-ledger.ts'
import { createTicketLedger, type TicketLedger } from '../../server/boards/ticket-ledger.ts'
import type { Bus } from '../../server/bus/bus.ts'
import { createLocalHub } from '../../server/bus/local-bus.ts'
import { openRedisBus } from '../../server/bus/redis-bus.ts'
import { createLog } from '../../server/log.ts'
import { openRedis } from '../../server/redis.ts'
import { busContract, Ear } from '../support/bus-contract.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const log = createLog('silent')

const ledgerOver = (redis: Redis): TicketLedger =>
  createSharedTicketLedger({ redis, prefix: 'test:', own: createTicketLedger(), log })

/** Resolves once the bus can be spoken over in both directions. */
const connected = async (bus: Bus, other: Bus): Promise<Bus> => {
  const [here, there] = [new Ear(), new Ear()]
  const subscriptions = [bus.subscribe('ping', here), other.subscribe('ping', there)]
  const timer = setInterval(() => {
    bus.publish('ping', new Uint8Array())
    other.publish('ping', new Uint8Array())
  }, 5)
  await Promise.all([here, there].map((ear) => ear.until(({ heard }) => heard.length > 0)))
  clearInterval(timer)
  for (const subscription of subscriptions) subscription.end()
  return bus
}

busContract('in process', async () => {
  const hub = createLocalHub()
  return { open: async () => hub.open(), close: async () => {} }
})

describe('over Redis', () => {
  let redis: TestRedis
  let observer: Bus
  const open = (prefix = 'test:'): Bus => openRedisBus({ url: redis.url, prefix, log })
  beforeAll(async () => {
    redis = await startRedis()
    observer = open()
  })
  afterAll(async () => {
    await observer?.close()
    await redis?.stop()
  })

  busContract('Redis', async () => ({ open: () => connected(open(), observer), close: async () => {} }))

  it('S131: installations with different secrets that share a Redis do not hear each other', async () => {
    const [one, two, stranger] = [open('one:'), open('one:'), open('two:')]
    await connected(one, two)
    const [ear, foreign] = [new Ear(), new Ear()]
    await two.subscribe('a', ear).ready
    await stranger.subscribe('a', foreign).ready
    one.publish('a', Uint8Array.of(1))
    await ear.until(({ heard }) => heard.length === 1)
    expect(foreign.heard).toEqual([])
    await Promise.all([one.close(), two.close(), stranger.close()])
  })

  it('S131: without Redis a node opens, publishes into the void and subscribes at once; when Redis is there, all come in and are told so', async () => {
    await redis.stop()
    const [one, two] = [open(), open()]
    const ear = new Ear()
    await two.subscribe('a', ear).ready
    one.publish('a', Uint8Array.of(1))
    await redis.start()
    await ear.until(({ restorations }) => restorations > 0)
    await connected(one, two)
    one.publish('a', Uint8Array.of(2))
    await ear.until(({ heard }) => heard.length > 0)
    expect(ear.heard.map(({ payload }) => payload)).toEqual([[2]])
    await Promise.all([one.close(), two.close()])
  })

  it('S131: who could not be heard for a moment is told so, too', async () => {
    const [one, two] = [open(), open()]
    await connected(one, two)
    const ear = new Ear()
    await one.subscribe('a', ear).ready
    const admin = openRedis(redis.url, 'admin', log)
    await once(admin, 'ready')
    const clients = String(await admin.client('LIST')).split('\n')
    const speakers = clients.filter((line) => line.includes('name=drawbridge-bus-out'))
    for (const line of speakers) await admin.client('KILL', 'ID', /^id=(\d+)/.exec(line)?.[1] ?? '')
    await ear.until(({ restorations }) => restorations > 0)
    admin.disconnect()
    await Promise.all([one.close(), two.close()])
  })

  it('WS4, S133: of 50 who show one ticket to two nodes at once, one is let in', async () => {
    const connections = [openRedis(redis.url, 'test', log), openRedis(redis.url, 'test', log)]
    await Promise.all(connections.map((connection) => once(connection, 'ready')))
    const ledgers = connections.map((connection) => ledgerOver(connection))
    const until = Date.now() + 60_000
    const spend = () => ledgers.map((ledger) => ledger.spend('one ticket', until))
    const answers = await Promise.all(Array.from({ length: 25 }, spend).flat())
    expect(answers.filter((first) => first)).toHaveLength(1)
    expect(await Promise.all(spend())).toEqual([false, false])
    expect(await ledgers[0]?.spend('another ticket', until)).toBe(true)
    for (const connection of connections) connection.disconnect()
  })

  it('S133: a Redis that hangs keeps nobody waiting for long', async () => {
    const connection = openRedis(redis.url, 'test', log)
    await once(connection, 'ready')
    redis.pause()
    expect(await ledgerOver(connection).spend('a ticket', Date.now() + 60_000)).toBe(true)
    redis.resume()
    connection.disconnect()
  })

  it('S133: without Redis each node lets a ticket in once', async () => {
    const connection = openRedis('redis://127.0.0.1:1', 'test', log)
    const ledger = ledgerOver(connection)
    const until = Date.now() + 60_000
    const answers = await Promise.all([1, 2, 3].map(() => ledger.spend('a ticket', until)))
    expect(answers).toEqual([true, false, false])
    connection.disconnect()
  })

  it('S132: access events reach the other nodes', async () => {
    const [one, two] = [open(), open()]
    await connected(one, two)
    const [here, there] = [createAccessEvents(one), createAccessEvents(two)]
    const told: { here: unknown[]; there: unknown[] } = { here: [], there: [] }
    here.subscribe((event) => told.here.push(event))
    const arrived = new Promise<void>((resolve) => {
      there.subscribe((event) => {
        told.there.push(event)
        if (event.type === 'session') resolve()
      })
    })
    await two.subscribe('access', new Ear()).ready
    here.emit({ type: 'board', boardId: 'b' })
    one.publish('access', new TextEncoder().encode('{"type":"board"}'))
    one.publish('access', new TextEncoder().encode('no JSON'))
    here.emit({ type: 'session', sessionId: 's' })
    await arrived
    const events = [
      { type: 'board', boardId: 'b' },
      { type: 'session', sessionId: 's' },
    ]
    expect(told).toEqual({ here: events, there: events })
    await Promise.all([one.close(), two.close()])
  })
})
