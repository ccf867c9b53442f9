import type { Bus } from '../../bus/bus.ts'
import type { Log } from '../../log.ts'
import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import { repeat } from '../repeat.ts'
import { type BoardLink, NodeBoardLink } from './board-link.ts'
import { createTurns } from './catch-up.ts'
import { decodeAnnouncement, encodeAnnouncement, NODES_TOPIC } from './node-wire.ts'

/** All boards that are open on this node, towards the other nodes. */
export interface NodeLinks {
  open(boardId: string): BoardLink
  /** Tells the others that all boards are closed. */
  stop(): void
}

export interface NodeLinksOptions {
  readonly bus: Bus
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log
}

/** Where there are no other nodes: nothing is said and nothing is kept. */
const lonely: BoardLink = {
  ready: Promise.resolve(),
  hasPeers: false,
  loading: () => {},
  attach: () => {},
  committed: () => {},
  showed: () => {},
  close: () => {},
}

class Links implements NodeLinks {
  private readonly options: NodeLinksOptions
  private readonly links = new Map<string, NodeBoardLink>()
  /** When each other node was heard of last. */
  private readonly nodes = new Map<string, number>()
  private readonly takeTurn
  /** The highest count of rows of all boards that were closed. */
  private highest = 0
  private readonly ends: readonly (() => void)[]

  constructor(options: NodeLinksOptions) {
    this.options = options
    const { bus, clock, limits } = options
    this.takeTurn = createTurns(limits.logReaders)
    const subscription = bus.subscribe(NODES_TOPIC, {
      message: (payload, from) => this.hear(payload, from),
      restored: () => this.announce(),
    })
    this.ends = [
      () => subscription.end(),
      repeat(clock, limits.announce, () => {
        this.announce()
        this.forgetSilent()
      }),
      repeat(clock, limits.presenceAgain, () => {
        for (const link of this.links.values()) link.showAll()
      }),
    ]
  }

  open(boardId: string): BoardLink {
    const { bus, clock, limits, log } = this.options
    const link = new NodeBoardLink({
      boardId,
      bus,
      countFrom: this.highest,
      largest: limits.busUpdate,
      takeTurn: this.takeTurn,
      retryAfter: (failures, task) => {
        log.warn('What other nodes saved could not be read; it is tried again', { boardId, failures })
        const delay = Math.min(limits.retryLongest, limits.retryFirst * 2 ** (failures - 1))
        return clock.after(delay, task)
      },
      onHeard: (node) => this.remember(node),
      onClose: () => {
        this.highest = Math.max(this.highest, link.counter)
        if (this.links.get(boardId) === link) this.links.delete(boardId)
      },
    })
    this.links.set(boardId, link)
    return link
  }

  stop(): void {
    for (const link of [...this.links.values()]) link.close()
    this.announce()
    for (const end of this.ends) end()
  }

  private announce(): void {
    const boards = [...this.links.values()].map(({ boardId, counter }) => [boardId, counter] as const)
    this.options.bus.publish(NODES_TOPIC, encodeAnnouncement(boards))
  }

  private hear(payload: Uint8Array, from: string): void {
    const boards = decodeAnnouncement(payload)
    if (!boards) return
    this.remember(from)
    const open = new Map(boards)
    for (const link of this.links.values()) {
      const counter = open.get(link.boardId)
      if (counter === undefined) link.left(from)
      else link.announced(from, counter)
    }
  }

  private remember(node: string): void {
    if (!this.nodes.has(node)) this.options.log.info('Another node is there', { node })
    this.nodes.set(node, this.options.clock.now())
  }

  private forgetSilent(): void {
    const { clock, limits, log } = this.options
    for (const [node, heardAt] of this.nodes) {
      if (clock.now() - heardAt < limits.nodeSilence) continue
      this.nodes.delete(node)
      log.warn('A node is silent; its people are no longer shown', { node })
      for (const link of this.links.values()) link.left(node)
    }
  }
}

/** Of a node that is alone. */
export const noLinks: NodeLinks = { open: () => lonely, stop: () => {} }

export const createNodeLinks = (options: NodeLinksOptions): NodeLinks =>
  options.bus.isShared ? new Links(options) : noLinks
