import { join } from 'node:path'
import type { Dialect } from './types.ts'

export const root = join(import.meta.dirname, '..', '..', '..')
export const peersFolder = join(root, 'test', 'bench', 'peers')
/** Where the bundles of our server and of the load process go. */
export const bundleFolder = join(root, 'build', 'bench-sync')

/** A server to measure. */
export interface ServerKind {
  readonly title: string
  readonly module: string
  /** The Node that runs it. */
  readonly node: string
  readonly dialect: Dialect
  readonly storage: string
}

/** Hocuspocus needs a newer one than we do. */
const newerNode = join(peersFolder, 'node_modules', 'node', 'bin', 'node')

const peer = (
  title: string,
  module: string,
  dialect: Dialect,
  storage = 'memory',
  node = process.execPath,
): ServerKind => ({ title, module: join(peersFolder, module), node, dialect, storage })

export const servers = {
  ours: {
    title: 'ours (SQLite)',
    module: join(bundleFolder, 'ours.js'),
    node: process.execPath,
    dialect: 'drawbridge',
    storage: 'sqlite',
  },
  relay: peer('relay', 'relay.mjs', 'relay'),
  'y-memory': peer('y-ws memory', 'y-websocket.mjs', 'y-websocket'),
  'y-leveldb': peer('y-ws LevelDB', 'y-websocket.mjs', 'y-websocket', 'leveldb'),
  'hocuspocus-memory': peer('Hocus memory', 'hocuspocus.mjs', 'hocuspocus', 'memory', newerNode),
  'hocuspocus-sqlite': peer('Hocus SQLite', 'hocuspocus.mjs', 'hocuspocus', 'sqlite', newerNode),
} as const satisfies Record<string, ServerKind>

export type ServerName = keyof typeof servers
export const serverNames = Object.keys(servers) as ServerName[]
