import { CloseCode } from '../../whiteboard/collab/protocol.ts'

const KiB = 1024
const MiB = 1024 * KiB

/** WebSocket's own code for a message that is too big; `ws` sends it. */
const MESSAGE_TOO_BIG = 1009
/** WebSocket's own code for a policy that was broken; `ws` sends it. */
const POLICY = 1008

/**
 * Every bound of the sync server: its unit, its default, and what a client that passes it is closed with (an HTTP status
 * where there is no socket yet, null where nobody is closed).
 */
const limitTable = {
  connections: { value: 10_000, unit: 'sockets', code: 503 },
  connectionsPerAddress: { value: 4000, unit: 'sockets of a network address', code: 429 },
  connectionsPerPerson: { value: 3000, unit: 'sockets', code: 429 },
  connectionsPerBoard: { value: 3000, unit: 'sockets', code: 429 },
  admission: { value: 10_000, unit: 'milliseconds for ticket and access to be checked', code: 503 },
  loading: { value: 25_000, unit: 'milliseconds for a board to be loaded', code: CloseCode.overloaded },

  editorFrame: { value: 16 * MiB, unit: 'bytes', code: MESSAGE_TOO_BIG },
  viewerFrame: { value: 256 * KiB, unit: 'bytes', code: MESSAGE_TOO_BIG },
  // Browsers send large messages in fragments of some 64 KiB or more.
  fragments: { value: 1024, unit: 'fragments of a message', code: POLICY },
  chunks: { value: 32 * 1024, unit: 'pieces that a message arrives in', code: POLICY },
  messageDeadline: {
    value: 30_000,
    unit: 'milliseconds for a message to be whole',
    code: CloseCode.rateLimited,
  },
  slowestMessage: { value: 8 * KiB, unit: 'bytes per second at which it may take longer', code: null },
  strikes: { value: 3, unit: 'bad frames', code: CloseCode.malformed },

  framesPerSecond: { value: 5000, unit: 'messages per second, above which reading slows down', code: null },
  framesBurst: { value: 25_000, unit: 'messages at once', code: null },
  bytesPerSecond: { value: 4 * MiB, unit: 'bytes per second, above which reading slows down', code: null },
  bytesBurst: { value: 32 * MiB, unit: 'bytes at once', code: null },
  floodPatience: { value: 15_000, unit: 'milliseconds of too many messages', code: CloseCode.rateLimited },
  controlsPerSecond: { value: 100, unit: 'pings and pongs per second', code: CloseCode.rateLimited },
  controlsBurst: { value: 500, unit: 'pings and pongs at once', code: CloseCode.rateLimited },
  rateTick: { value: 100, unit: 'milliseconds', code: null },

  sendPresence: {
    value: 256 * KiB,
    unit: 'bytes not yet taken, above which presence is left out',
    code: null,
  },
  sendBuffer: {
    value: MiB,
    unit: 'bytes not yet taken, above which a slow reader gets the board later',
    code: null,
  },
  sendMost: { value: 4 * MiB, unit: 'bytes not yet taken by a slow reader', code: CloseCode.overloaded },
  sendDeadline: {
    value: 30_000,
    unit: 'milliseconds in which a slow reader takes nothing',
    code: CloseCode.overloaded,
  },

  relayPerReceiver: {
    value: 0.04,
    unit: 'milliseconds of rest between two frames of updates, a member',
    code: null,
  },
  relayLongest: { value: 25, unit: 'milliseconds of rest between two frames of updates', code: null },
  relayBytes: { value: 256 * KiB, unit: 'bytes of updates that wait to be passed on', code: null },
  relayAuthors: { value: 64, unit: 'authors of a frame who do not get their own part back', code: null },

  answerEvery: {
    value: 1000,
    unit: 'milliseconds between two answers to a client that asks what it lacks',
    code: null,
  },
  stateKept: { value: 30_000, unit: 'milliseconds that an encoded document is kept unused', code: null },
  stateWorth: {
    value: 64 * KiB,
    unit: 'bytes from which on an encoded document is kept when it grows',
    code: null,
  },
  stateVectorEntries: {
    value: 10_000,
    unit: 'client ids more than the document has',
    code: CloseCode.malformed,
  },
  updateStructs: { value: 400_000, unit: 'structs of an update', code: CloseCode.tooLarge },
  updateStructsAlways: {
    value: 50_000,
    unit: 'structs of an update, however small',
    code: CloseCode.tooLarge,
  },
  updateStructBytes: { value: 10, unit: 'bytes for each struct beyond those', code: CloseCode.tooLarge },
  updateClients: { value: 2000, unit: 'new client ids of an update', code: CloseCode.tooLarge },
  firstValues: {
    value: 500,
    unit: 'values of one key by people who knew of none before them',
    code: CloseCode.tooLarge,
  },
  updateDeletes: { value: 400_000, unit: 'delete ranges of an update', code: CloseCode.tooLarge },
  // Yjs writes them in order and apart; joined ones may overlap.
  updateOverlaps: {
    value: 100,
    unit: 'delete ranges that lie over or before others',
    code: CloseCode.tooLarge,
  },
  updateClocks: { value: 16 * MiB, unit: 'new clocks of an update', code: CloseCode.tooLarge },
  updateCuts: {
    value: 100_000_000,
    unit: 'values of lists that an update has copied',
    code: CloseCode.tooLarge,
  },
  updateLooks: { value: 1_000_000, unit: 'looks at sections that wait for others', code: CloseCode.tooLarge },
  incompleteFrames: {
    value: 1000,
    unit: 'updates taken in part before the client is heard out',
    code: CloseCode.malformed,
  },
  repairTick: { value: 250, unit: 'milliseconds until who was taken in part is asked again', code: null },
  repairPatience: {
    value: 2000,
    unit: 'milliseconds that replaced values wait for what replaced them',
    code: null,
  },
  viewerWrites: {
    value: 1,
    unit: 'updates of a viewer that are only answered',
    code: CloseCode.accessRemoved,
  },
  contentDepth: { value: 32, unit: 'levels of a value', code: CloseCode.malformed },

  presence: { value: 64 * KiB, unit: 'bytes of a state', code: null },
  presenceDepth: { value: 12, unit: 'levels of a state', code: null },
  presenceEntries: { value: 2000, unit: 'entries of a frame', code: CloseCode.malformed },
  presencePerReceiver: {
    value: 0.33,
    unit: 'milliseconds of rest between two frames of presence, a member',
    code: null,
  },
  presenceLongest: { value: 50, unit: 'milliseconds of rest between two frames of presence', code: null },
  presenceShown: { value: 100, unit: 'people whose changes are shown at a time', code: null },
  departedMemory: { value: 1000, unit: 'client ids of a room', code: null },

  // Nobody is closed for these: what is too much is not taken, and stays on its author's device.
  documentBytes: {
    value: 50 * MiB,
    unit: 'bytes of an encoded document, above which it may not grow',
    code: null,
  },
  documentWarning: {
    value: 40 * MiB,
    unit: 'bytes of an encoded document, from which on editors are told',
    code: null,
  },
  documentMeasure: { value: 10_000, unit: 'milliseconds between two measurements of a document', code: null },

  workPerUpdate: { value: 0.2, unit: 'milliseconds that any update may take', code: null },
  workPerKilobyte: { value: 1, unit: 'milliseconds more for each KiB of it', code: null },
  workPerStruct: { value: 0.05, unit: 'milliseconds that applying a struct may take', code: null },
  workPerKilobyteRead: { value: 0.1, unit: 'milliseconds more for each KiB of its update', code: null },
  workAtOnce: {
    value: 500,
    unit: 'milliseconds of applying beyond that, after which it is broken off',
    code: CloseCode.rateLimited,
  },
  workForgiven: {
    value: 200,
    unit: 'milliseconds of work beyond that, which are forgotten in a second',
    code: null,
  },
  workExcess: { value: 2000, unit: 'milliseconds of work beyond that', code: CloseCode.rateLimited },

  unsavedPerBoard: { value: 8 * MiB, unit: 'bytes', code: CloseCode.overloaded },
  unsaved: { value: 128 * MiB, unit: 'bytes', code: CloseCode.overloaded },
  commitRows: { value: 500, unit: 'log entries of one transaction', code: null },
  commitBytes: { value: 4 * MiB, unit: 'bytes of one transaction', code: null },
  commitEntry: { value: MiB, unit: 'bytes after which a log entry takes in no more', code: null },
  commitTick: { value: 60, unit: 'milliseconds from an update to its commit', code: null },
  retryFirst: { value: 250, unit: 'milliseconds', code: null },
  retryLongest: { value: 4000, unit: 'milliseconds between attempts to save', code: null },

  compactAfterRows: { value: 500, unit: 'log entries', code: null },
  compactAfterBytes: { value: 512 * KiB, unit: 'bytes of log', code: null },
  roomIdle: { value: 5000, unit: 'milliseconds that an empty room is kept', code: null },
  workedTick: { value: 4000, unit: 'milliseconds between reports of the boards worked on', code: null },

  clearing: { value: 20, unit: 'elements removed at once that may be a clearing', code: null },

  busUpdate: { value: 256 * KiB, unit: 'bytes of an update that goes from node to node', code: null },
  announce: { value: 2000, unit: 'milliseconds between a node saying what it has open', code: null },
  presenceAgain: { value: 10_000, unit: 'milliseconds between telling other nodes of everybody', code: null },
  nodeSilence: { value: 10_000, unit: 'milliseconds after which a node is taken for gone', code: null },
  logReaders: { value: 8, unit: 'boards whose log is read again at once', code: null },

  heartbeat: { value: 15_000, unit: 'milliseconds', code: null },
  accessExpiry: {
    value: 1000,
    unit: 'milliseconds between looks at links and sessions that expire',
    code: null,
  },
  accessSweep: { value: 30_000, unit: 'milliseconds', code: null },
  farewell: { value: 10_000, unit: 'milliseconds to answer a close frame in', code: null },
  stopGrace: { value: 10_000, unit: 'milliseconds to save in when stopping', code: null },
} as const

type LimitName = keyof typeof limitTable
export type Limits = { readonly [Name in LimitName]: number }

/** The defaults, with what the caller sets otherwise. */
export const withDefaults = (changed: Partial<Limits> = {}): Limits => {
  const values = Object.fromEntries(Object.entries(limitTable).map(([name, { value }]) => [name, value]))
  return { ...(values as Limits), ...changed }
}
