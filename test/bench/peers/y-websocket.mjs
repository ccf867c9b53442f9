/**
 * @y/websocket-server as its own `server.js` starts it, in memory or with y-leveldb. Its package asks for prereleases that
 * no longer fit together; our package.json gives it the Yjs of the others instead.
 */
import { join } from 'node:path'
import { setPersistence } from '@y/websocket-server/utils'
import { LeveldbPersistence } from 'y-leveldb'
import * as Y from 'yjs'

/** What the README of y-websocket shows. */
const keepIn = (folder) => {
  const database = new LeveldbPersistence(join(folder, 'leveldb'))
  let loads = 0
  setPersistence({
    provider: database,
    bindState: async (name, doc) => {
      loads++
      const persisted = await database.getYDoc(name)
      const newUpdates = Y.encodeStateAsUpdate(doc)
      await database.storeUpdate(name, newUpdates)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(persisted))
      doc.on('update', (update) => void database.storeUpdate(name, update))
    },
    writeState: async () => {},
  })
  return { loads: () => loads, stop: () => database.destroy() }
}

export const open = async ({ port, folder, storage }) => {
  Object.assign(process.env, { HOST: '127.0.0.1', PORT: String(port) })
  const kept = storage === 'leveldb' ? keepIn(folder) : {}
  await import('@y/websocket-server/server')
  return kept
}
