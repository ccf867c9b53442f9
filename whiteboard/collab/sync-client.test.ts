import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createFakeSyncServer, settle } from '../../test/support/fake-sync-server.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { onServer, openTab } from '../../test/support/tabs.ts'
import { presenceFrame } from '../../test/support/ws-client.ts'
import { origins } from '../model/document.ts'
import { CloseCode, FrameKind } from './protocol.ts'

describe('Joining a board', () => {
  it('is connecting, then online with the role and the name that the server says', async () => {
    const server = createFakeSyncServer()
    server.doc.getMap('elements').set('there', 1)
    const { client, doc } = openTab(server)
    expect(client.status).toEqual({ state: 'connecting', unsaved: 0 })
    expect(client.loaded).toBe(false)
    await settle()
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
    expect(client.role).toBe('editor')
    expect(client.identity?.name).toBe('Ada')
    expect(client.loaded).toBe(true)
    expect(doc.getMap('elements').get('there')).toBe(1)
  })

  it('offers our subprotocol and the ticket to the address of the grant', async () => {
    const server = createFakeSyncServer()
    openTab(server)
    await settle()
    expect(server.connection.url).toBe('ws://server/sync/board')
    expect(server.connection.protocols).toEqual(['drawbridge.v1', 'ticket.t1'])
  })

  it('ends with the reason when the ticket is refused, and a person may try again', async () => {
    const server = createFakeSyncServer()
    const grant = server.requestTicket
    server.requestTicket = async () => ({ type: 'refused', reason: 'board-gone' })
    const { client } = openTab(server)
    await settle()
    expect(client.status).toEqual({ state: 'ended', reason: 'board-gone', unsaved: 0 })
    server.requestTicket = grant
    client.retry()
    await settle()
    expect(client.status.state).toBe('online')
  })

  it('tells the server what this person shows, and does not repeat what others show', async () => {
    const server = createFakeSyncServer()
    const { client } = openTab(server)
    await settle()
    const told = () => server.connection.kinds.filter((kind) => kind === FrameKind.awareness).length
    const before = told()
    server.connection.send(presenceFrame(77, 1, { cursor: [1, 2] }))
    expect(client.awareness.getStates().get(77)).toEqual({ cursor: [1, 2] })
    expect(told()).toBe(before)
    client.awareness.setLocalState({ cursor: [3, 4] })
    expect(told()).toBe(before + 1)
  })

  it('I6 goes on under another client id when somebody else writes under its own', async () => {
    const [server, clock] = [createFakeSyncServer(), createManualClock()]
    const { client, doc } = openTab(server, { clock })
    const comeBack = async (): Promise<void> => {
      server.connection.close(CloseCode.roleChanged)
      clock.advance(2000)
      await settle()
    }
    client.awareness.setLocalState({ cursor: [1, 2] })
    await settle()
    const forger = new Y.Doc()
    forger.clientID = doc.clientID
    forger.getMap('elements').set('forged', 1)
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(forger))
    await comeBack()
    expect(doc.clientID).not.toBe(forger.clientID)
    expect([...client.awareness.getStates()]).toEqual([[doc.clientID, { cursor: [1, 2] }]])
    await comeBack()
    expect(client.status.state).toBe('online')
    client.dispose()
  })

  it('keeps the object of the status as long as nothing changed', async () => {
    const { client } = openTab(createFakeSyncServer())
    await settle()
    expect(client.status).toBe(client.status)
  })

  it('gives up a ticket call that hangs and tries again', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const grant = server.requestTicket
    server.requestTicket = () => new Promise(() => {})
    const { client } = openTab(server, { clock })
    await settle()
    clock.advance(15_000)
    expect(client.status.state).toBe('offline')
    server.requestTicket = grant
    clock.advance(1000)
    await settle()
    expect(client.status.state).toBe('online')
  })
})

describe('Counting what is saved', () => {
  it('counts each local change until the server says that its frame is saved', async () => {
    const server = createFakeSyncServer()
    const { client, draw } = openTab(server)
    await settle()
    draw('a')
    draw('b')
    draw('c')
    expect(client.status.unsaved).toBe(3)
    // The first frame is the answer to the server's state vector.
    expect(server.connection.updates.length).toBe(4)
    server.connection.save(1)
    expect(client.status.unsaved).toBe(3)
    server.connection.save(3)
    expect(client.status.unsaved).toBe(1)
    draw('d')
    server.connection.save(5)
    expect(client.status.unsaved).toBe(0)
  })

  it('resolves whenSaved with the changes made so far, not before and not later', async () => {
    const server = createFakeSyncServer()
    const { client, draw } = openTab(server)
    await settle()
    draw('a')
    let saved = false
    const waiting = client.whenSaved().then(() => {
      saved = true
    })
    await settle()
    draw('b')
    server.connection.save(1)
    await settle()
    expect(saved).toBe(false)
    server.connection.save(2)
    await waiting
    expect(client.status.unsaved).toBe(1)
  })

  it('does not count what peers and the server bring', async () => {
    const server = createFakeSyncServer()
    const { client, doc } = openTab(server)
    await settle()
    server.doc.getMap('elements').set('of a peer', 1)
    expect(doc.getMap('elements').get('of a peer')).toBe(1)
    expect(client.status.unsaved).toBe(0)
  })

  it('starts over with the frames of a new connection', async () => {
    const server = createFakeSyncServer()
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    draw('a')
    draw('b')
    server.connection.save(2)
    server.connection.close(1006)
    expect(client.status).toMatchObject({ state: 'offline', unsaved: 1 })
    draw('c')
    clock.advance(15_000)
    await settle()
    expect(client.status).toMatchObject({ state: 'online', unsaved: 2 })
    expect(server.connection.updates.length).toBe(1)
    server.connection.save(1)
    expect(client.status.unsaved).toBe(0)
    expect(onServer(server)).toEqual(['a', 'b', 'c'])
  })

  it('holds updates back until the state vector of the server was answered, and counts them with the answer', async () => {
    const server = createFakeSyncServer()
    const { client, draw } = openTab(server)
    draw('early')
    await settle()
    expect(server.connection.updates.length).toBe(1)
    server.connection.save(1)
    expect(client.status.unsaved).toBe(0)
  })

  it('shows what the server has lost as unsaved until it has it again', async () => {
    const server = createFakeSyncServer()
    server.saving = true
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    draw('a')
    expect(client.status.unsaved).toBe(0)
    server.connection.close(1006)
    const restored = createFakeSyncServer()
    Object.assign(server, { doc: restored.doc, saving: false })
    clock.advance(15_000)
    await settle()
    expect(client.status).toMatchObject({ state: 'online', unsaved: 1 })
    server.connection.save(1)
    expect(client.status.unsaved).toBe(0)
    expect(onServer(server)).toEqual(['a'])
  })

  it('counts the answers to being asked again', async () => {
    const server = createFakeSyncServer()
    const { client, draw } = openTab(server)
    await settle()
    draw('a')
    server.connection.askAgain()
    draw('b')
    expect(server.connection.updates.length).toBe(4)
    server.connection.save(3)
    expect(client.status.unsaved).toBe(1)
    server.connection.save(4)
    expect(client.status.unsaved).toBe(0)
  })

  it('tells when the server cannot write', async () => {
    const server = createFakeSyncServer()
    const { client } = openTab(server)
    await settle()
    server.connection.notify({ type: 'storage', failing: true })
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: true })
    server.connection.notify({ type: 'storage', failing: false })
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
  })

  it('LD7 tells that the board is full, stays connected with what was not taken, and tells when it was', async () => {
    const server = createFakeSyncServer()
    const { client, draw } = openTab(server)
    await settle()
    draw('large')
    server.connection.notify({ type: 'size', level: 'full' })
    expect(client.status).toMatchObject({ state: 'online', unsaved: 1, size: 'full' })
    server.connection.notify({ type: 'size', level: 'fine' })
    server.connection.save(2)
    expect(client.status).toMatchObject({ state: 'online', unsaved: 0, size: 'fine' })
  })

  it('LD5 sends a large offline work in parts and counts it once all of them are saved', async () => {
    const server = createFakeSyncServer()
    const { client, doc } = openTab(server)
    for (let index = 0; index < 3000; index++) {
      doc.transact(() => doc.getMap('elements').set(`e${index}`, 'x'.repeat(1000)), origins.user)
    }
    await settle()
    const parts = server.connection.updates
    expect(parts.length).toBeGreaterThan(5)
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(600_000)
    server.connection.save(parts.length - 1)
    expect(client.status.unsaved).toBe(3000)
    server.connection.save(parts.length)
    expect(client.status.unsaved).toBe(0)
    expect(server.doc.getMap('elements').size).toBe(3000)
  })
})

describe('A viewer', () => {
  it('joins, sees, and sends no update, not even what was drawn before', async () => {
    const server = createFakeSyncServer()
    server.role = 'viewer'
    server.doc.getMap('elements').set('there', 1)
    const { client, doc, draw } = openTab(server)
    draw('mine')
    await settle()
    draw('more')
    expect(client.role).toBe('viewer')
    expect(doc.getMap('elements').get('there')).toBe(1)
    expect(client.status).toEqual({ state: 'online', unsaved: 2, storageFailing: false })
    expect(server.connection.updates).toEqual([])
    expect(onServer(server)).toEqual(['there'])
  })

  it('has its changes sent when it becomes an editor', async () => {
    const server = createFakeSyncServer()
    server.role = 'viewer'
    const clock = createManualClock()
    const { client, draw } = openTab(server, { clock })
    await settle()
    draw('mine')
    server.role = 'editor'
    server.saving = true
    server.connection.close(CloseCode.roleChanged)
    clock.advance(500)
    await settle()
    expect(client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
    expect(onServer(server)).toEqual(['mine'])
  })
})
