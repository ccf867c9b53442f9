import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { createFakeSyncServer, settle } from '../../test/support/fake-sync-server.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { onServer, openTab } from '../../test/support/tabs.ts'
import { CloseCode } from './protocol.ts'

describe('Losing the connection', () => {
  it('says offline, when it tries again, and how much is only here', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    server.down = true
    server.connection.close(1006)
    draw('a')
    draw('b')
    const retryAt = clock.now() + 750
    expect(client.status).toEqual({ state: 'offline', unsaved: 2, retryAt, cause: 'unreachable' })
    clock.advance(750)
    await settle()
    expect(client.status).toMatchObject({ state: 'offline', unsaved: 2, retryAt: clock.now() + 1250 })
    server.down = false
    server.saving = true
    clock.advance(1250)
    await settle()
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
    expect(onServer(server)).toEqual(['a', 'b'])
  })

  it('takes a fresh ticket for each attempt', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    openTab(server, { clock })
    await settle()
    server.connection.close(CloseCode.restarting)
    clock.advance(15_000)
    await settle()
    expect(server.connections.map(({ protocols }) => protocols[1])).toEqual(['ticket.t1', 'ticket.t2'])
  })

  it.each([
    [CloseCode.accessRemoved, 'access-removed'],
    [CloseCode.boardGone, 'board-gone'],
    [CloseCode.sessionEnded, 'signed-out'],
    [CloseCode.tooLarge, 'too-large'],
    [CloseCode.clientTooOld, 'outdated'],
    [CloseCode.malformed, 'refused'],
    [CloseCode.boardUnreadable, 'unreadable'],
    [4499, 'refused'],
    [1009, 'too-large'],
  ])('ends at close code %i: %s', async (code, reason) => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    draw('a')
    const waiting = client.whenSaved()
    server.connection.close(code)
    await expect(waiting).rejects.toThrow(reason)
    clock.advance(3_600_000)
    await settle()
    expect(client.status).toEqual({ state: 'ended', reason, unsaved: 1 })
    expect(server.ticketsAsked).toBe(1)
  })

  it('WS9: comes back at once with a new ticket when the role changed, and is not called offline for it', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client } = openTab(server, { clock })
    await settle()
    server.role = 'viewer'
    server.connection.close(CloseCode.roleChanged)
    expect(client.status.state).toBe('connecting')
    clock.advance(500)
    await settle()
    expect(client.role).toBe('viewer')
    expect(client.status.state).toBe('online')
  })

  it('waits longer when the server is overloaded, and does not loop when it is thrown out each time', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client } = openTab(server, { clock })
    const waits: number[] = []
    for (let round = 0; round < 6; round++) {
      await settle()
      server.connection.close(CloseCode.overloaded)
      if (client.status.state !== 'offline') throw new Error(client.status.state)
      const wait = (client.status.retryAt ?? 0) - clock.now()
      waits.push(wait)
      clock.advance(wait)
    }
    expect(waits[0]).toBeGreaterThan(2000)
    expect(waits.at(-1)).toBeGreaterThan(7000)
  })

  it.each([
    [CloseCode.restarting, 'restarting'],
    [CloseCode.overloaded, 'overloaded'],
    [CloseCode.rateLimited, 'too-fast'],
  ])('says why it is offline after close code %i: %s, until it is back', async (code, cause) => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client } = openTab(server, { clock })
    await settle()
    server.connection.close(code)
    expect(client.status).toMatchObject({ state: 'offline', cause })
    clock.advance(15_000)
    await settle()
    expect(client.status.state).toBe('online')
  })

  it('finds out within ten seconds that a change is not acknowledged since the connection is dead', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    server.silent = true
    draw('a')
    clock.advance(3900)
    expect(client.status).toMatchObject({ state: 'online', unsaved: 1 })
    clock.advance(5200)
    expect(client.status).toMatchObject({ state: 'offline', unsaved: 1 })
  })

  it('stays online while a server that cannot save answers', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    draw('a')
    for (let second = 0; second < 60; second++) {
      clock.advance(1000)
      await settle()
    }
    expect(client.status).toMatchObject({ state: 'online', unsaved: 1 })
    expect(server.connections).toHaveLength(1)
  })

  it('says soon that the device has no network, unless the server answers all the same', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const cuts = new Set<() => void>()
    const { client } = openTab(server, { clock, cuts })
    await settle()
    for (const cut of cuts) cut()
    clock.advance(1600)
    expect(client.status.state).toBe('online')
    server.silent = true
    for (const cut of cuts) cut()
    clock.advance(1600)
    expect(client.status).toMatchObject({ state: 'offline', cause: 'no-network' })
  })

  it('tries again at once when the network is back', async () => {
    const server = createFakeSyncServer()
    const wakes = new Set<() => void>()
    const { client } = openTab(server, { wakes })
    await settle()
    server.connection.close(1006)
    for (const wake of wakes) wake()
    await settle()
    expect(client.status.state).toBe('online')
  })

  it('finds a connection that died without a word', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client } = openTab(server, { clock })
    await settle()
    clock.advance(60_000)
    expect(client.status.state).toBe('online')
    server.silent = true
    clock.advance(30_100)
    expect(client.status.state).toBe('offline')
    server.silent = false
    clock.advance(1000)
    await settle()
    expect(client.status.state).toBe('online')
  })

  it('asks for a sign of life when the device wakes up', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const wakes = new Set<() => void>()
    const { client } = openTab(server, { clock, wakes })
    await settle()
    for (const wake of wakes) wake()
    clock.advance(5000)
    expect(client.status.state).toBe('online')
    server.silent = true
    for (const wake of wakes) wake()
    clock.advance(5000)
    expect(client.status.state).toBe('offline')
  })

  it('gives up a server that accepts and then says nothing', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    server.silent = true
    const { client } = openTab(server, { clock })
    await settle()
    expect(client.status.state).toBe('connecting')
    clock.advance(30_000)
    expect(client.status.state).toBe('offline')
  })

  it('survives frames that make no sense', async () => {
    const server = createFakeSyncServer()
    const { client } = openTab(server)
    await settle()
    server.connection.send(new Uint8Array([17, 3, 1, 2, 3]))
    server.connection.send(new Uint8Array([17, 4, ...new TextEncoder().encode('null')]))
    server.connection.save(1_000_000)
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
  })
})

describe('With a copy on the device', () => {
  it('counts and sends what a tab drew offline before it was closed', async () => {
    const server = createFakeSyncServer()
    const factory = new IDBFactory()
    server.down = true
    const first = openTab(server, { factory })
    await settle()
    first.draw('a')
    first.draw('b')
    first.draw('c')
    await first.close()

    const clock = createManualClock()
    const second = openTab(server, { factory, clock })
    await settle()
    expect(second.client.status).toMatchObject({ state: 'offline', unsaved: 3 })
    expect(second.client.loaded).toBe(true)
    expect(second.doc.getMap('elements').size).toBe(3)
    second.draw('d')
    server.down = false
    clock.advance(15_000)
    await settle()
    expect(second.client.status).toMatchObject({ state: 'online', unsaved: 4 })
    expect(onServer(server)).toEqual(['a', 'b', 'c', 'd'])
    server.connection.save(1)
    expect(second.client.status.unsaved).toBe(0)
    await second.close()

    server.down = true
    const third = openTab(server, { factory })
    await settle()
    expect(third.client.status).toMatchObject({ state: 'offline', unsaved: 0 })
    expect(third.doc.getMap('elements').size).toBe(4)
  })

  it('takes over at its next attempt what another tab left behind', async () => {
    const server = createFakeSyncServer()
    const factory = new IDBFactory()
    const clock = createManualClock()
    server.down = true
    const staying = openTab(server, { factory, clock })
    await settle()
    const leaving = openTab(server, { factory })
    await settle()
    leaving.draw('left behind')
    await leaving.close()
    server.down = false
    clock.advance(15_000)
    await settle()
    expect(staying.client.status).toMatchObject({ state: 'online', unsaved: 1 })
    expect(onServer(server)).toEqual(['left behind'])
  })

  it('takes over and sends what the device has when its database opens late', async () => {
    const server = createFakeSyncServer()
    const factory = new IDBFactory()
    server.down = true
    const first = openTab(server, { factory })
    await settle()
    first.draw('a')
    await first.close()

    server.down = false
    const open = factory.open.bind(factory)
    const request: { onsuccess?: () => void; result?: unknown } = {}
    factory.open = (() => request) as unknown as IDBFactory['open']
    const clock = createManualClock()
    const { client } = openTab(server, { factory, clock })
    clock.advance(4000)
    await settle()
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
    const opened = open('drawbridge', 1)
    opened.onsuccess = () => {
      request.result = opened.result
      request.onsuccess?.()
    }
    await settle()
    expect(client.status).toMatchObject({ state: 'online', unsaved: 1 })
    expect(onServer(server)).toEqual(['a'])
    server.connection.save(2)
    expect(client.status.unsaved).toBe(0)
  })

  it('works without where the database cannot be opened', async () => {
    const server = createFakeSyncServer()
    const factory = new IDBFactory()
    factory.open = () => {
      throw new DOMException('not in a private window', 'SecurityError')
    }
    const { client, draw } = openTab(server, { factory })
    await settle()
    expect(client.deviceCopy).toBe(false)
    draw('a')
    server.connection.save(2)
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
  })
})

describe('Leaving a board', () => {
  it('closes the socket, stops its timers and gives up waiting', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const wakes = new Set<() => void>()
    const tab = openTab(server, { clock, wakes, factory: new IDBFactory() })
    await settle()
    tab.draw('a')
    const waiting = tab.client.whenSaved()
    const rejected = expect(waiting).rejects.toThrow('closed')
    await settle()
    tab.client.dispose()
    await rejected
    await settle()
    expect(server.connection.isOpen).toBe(false)
    expect(clock.waiting).toBe(0)
    expect(wakes.size).toBe(0)
  })
})
