import { CloseCode } from '../../whiteboard/collab/protocol.ts'

const KiB = 1024
const MiB = 1024 * KiB

/** WebSocket's own code for a message that is too big; `ws` sends it. */
const MESSAGE_TOO_BIG = 1009

/**
 * Every bound of the sync server: its unit, its default, and what a client that passes it is closed with (an HTTP status
 * where there is no socket yet, null where nobody is closed).
 */
const limitTable = {
  connections: { value: 10_000, unit: 'sockets', code: 503 },
  connectionsPerBoard: { value: 500, unit: 'sockets', code: 429 },

  editorFrame: { value: 16 * MiB, unit: 'bytes', code: MESSAGE_TOO_BIG },
  viewerFrame: { value: 256 * KiB, unit: 'bytes', code: MESSAGE_TOO_BIG },
  fragments: { value: 64, unit: 'fragments of a message', code: 1008 },
  strikes: { value: 3, unit: 'bad frames', code: CloseCode.malformed },
  sendBuffer: { value: 64 * MiB, unit: 'bytes not yet taken by a slow reader', code: CloseCode.overloaded },

  stateVectorEntries: { value: 10_000, unit: 'client ids', code: CloseCode.malformed },
  updateStructs: { value: 400_000, unit: 'structs of an update', code: CloseCode.tooLarge },
  updateDeletes: { value: 400_000, unit: 'delete ranges of an update', code: CloseCode.tooLarge },
  updateClocks: { value: 16 * MiB, unit: 'new clocks of an update', code: CloseCode.tooLarge },
  updateLooks: { value: 1_000_000, unit: 'looks at sections that wait for others', code: CloseCode.tooLarge },
  contentDepth: { value: 32, unit: 'levels of a value', code: CloseCode.malformed },

  presence: { value: 64 * KiB, unit: 'bytes of a state', code: null },
  presenceDepth: { value: 12, unit: 'levels of a state', code: null },
  presenceEntries: { value: 2000, unit: 'entries of a frame', code: CloseCode.malformed },
  departedMemory: { value: 1000, unit: 'client ids of a room', code: null },

  unsavedPerBoard: { value: 8 * MiB, unit: 'bytes', code: CloseCode.overloaded },
  unsaved: { value: 128 * MiB, unit: 'bytes', code: CloseCode.overloaded },
  commitRows: { value: 500, unit: 'updates of one transaction', code: null },
  commitBytes: { value: 4 * MiB, unit: 'bytes of one transaction', code: null },
  commitTick: { value: 10, unit: 'milliseconds from an update to its commit', code: null },
  retryFirst: { value: 250, unit: 'milliseconds', code: null },
  retryLongest: { value: 10_000, unit: 'milliseconds', code: null },

  compactAfterRows: { value: 500, unit: 'log entries', code: null },
  compactAfterBytes: { value: 512 * KiB, unit: 'bytes of log', code: null },
  roomIdle: { value: 5000, unit: 'milliseconds that an empty room is kept', code: null },
  workedTick: { value: 2000, unit: 'milliseconds between reports of the boards worked on', code: null },

  clearing: { value: 20, unit: 'elements removed at once that may be a clearing', code: null },

  heartbeat: { value: 15_000, unit: 'milliseconds', code: null },
  accessSweep: { value: 30_000, unit: 'milliseconds', code: null },
  stopGrace: { value: 10_000, unit: 'milliseconds to save in when stopping', code: null },
} as const

type LimitName = keyof typeof limitTable
export type Limits = { readonly [Name in LimitName]: number }

/** The defaults, with what the caller sets otherwise. */
export const withDefaults = (changed: Partial<Limits> = {}): Limits => {
  const values = Object.fromEntries(Object.entries(limitTable).map(([name, { value }]) => [name, value]))
  return { ...(values as Limits), ...changed }
}
