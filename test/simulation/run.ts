import type { EffectiveAccess } from '../../server/boards/effective-access.ts'
import type { TicketClaims } from '../../server/boards/tickets.ts'
import type { TicketAnswer } from '../../whiteboard/collab/types.ts'
import type { ElementId } from '../../whiteboard/model/element.ts'
import type { StoredBoard } from '../../whiteboard/model/plans/restore.ts'
import { readStored } from '../../whiteboard/model/restore.ts'
import { Disk } from './disk.ts'
import { Hostile } from './hostile.ts'
import { Hub } from './hub.ts'
import { checkEnd, checkStored } from './invariants.ts'
import type { Link, Tap } from './network.ts'
import { ServerNode } from './node.ts'
import { Person, type Surroundings } from './person.ts'
import { World } from './world.ts'

/** What is broken on purpose, to see that it is noticed. */
export type Fault = 'saves-too-early' | 'loses-a-message' | 'has-no-gate' | 'undoes-all'

export interface SimulationOptions {
  readonly seed: number
  readonly steps: number
  readonly fault?: Fault
}

const BOARD = 'board'
const NODES = 2
/** Milliseconds after the last trouble in which everybody has to be back, and equal. */
const RECOVERY = 60_000
/** Milliseconds in which what has begun may still go wrong. */
const SETTLING = 30_000

/** One board, two nodes and several people, of whom some are hostile, in a world where all goes wrong that can. */
export class Simulation implements Surroundings {
  readonly boardId = BOARD
  readonly world: World
  readonly disk: Disk
  readonly hub: Hub
  readonly nodes: ServerNode[] = []
  readonly people: Person[] = []
  readonly editor: Hostile
  readonly viewer: Hostile
  /** What honest people have made and none has taken away. */
  readonly expected = new Set<ElementId>()
  /** What was taken away, and never brought back by anybody. */
  readonly gone = new Set<ElementId>()
  readonly versions: StoredBoard[] = []
  readonly undoesAll: boolean
  readonly acknowledged: Uint8Array[] = []
  /** Whether what hostile people send may delete what is there, as any editor may. */
  readonly mangles: boolean
  readonly tap: Tap
  private readonly options: SimulationOptions
  private readonly roles = new Map<string, 'editor' | 'viewer'>()
  private readonly away = new Set<string>()
  /** What was there at some time, and whether anybody brought it back. */
  private readonly broughtBack = new Map<ElementId, boolean>()
  private readonly tickets = new Map<string, TicketClaims>()
  private messageToLose: number

  constructor(options: SimulationOptions) {
    const { seed, fault } = options
    this.options = options
    this.undoesAll = fault === 'undoes-all'
    this.world = new World(seed)
    this.disk = new Disk(this.world)
    this.hub = new Hub(this.world)
    this.mangles = this.world.chance(0.25)
    this.messageToLose = fault === 'loses-a-message' ? 100 + this.world.below(200) : 0
    this.tap = {
      acknowledged: (updates) => this.acknowledged.push(...updates),
      loses: (message) =>
        message[0] === 0 && message[1] === 2 && this.messageToLose > 0 && --this.messageToLose === 0,
    }
    for (let index = 0; index < NODES; index++) this.nodes.push(this.startNode())
    const count = this.world.chance(0.1) ? 12 : 2 + this.world.below(4)
    for (let index = 0; index < count; index++) this.people.push(new Person(`person-${index}`, this))
    this.roles.set('viewer', 'viewer')
    this.editor = new Hostile('mallory', this)
    this.viewer = new Hostile('viewer', this)
  }

  async run(): Promise<readonly string[]> {
    const { world } = this
    await world.advance(2000)
    for (let step = 0; step < this.options.steps && world.violations.length === 0; step++) {
      if (world.chance(0.8)) world.pick(this.people)?.act()
      else if (world.chance(0.5)) world.pick([this.editor, this.viewer])?.act(this.mangles)
      else await this.trouble()
      if (step % 50 === 0) await this.keepVersion()
      await world.advance(world.chance(0.1) ? world.between(0, 3000) : world.between(0, 150))
    }
    await this.calm()
    await checkEnd(this)
    await this.leave()
    return world.violations
  }

  came(id: ElementId): void {
    const isNew = !this.broughtBack.has(id)
    this.broughtBack.set(id, !isNew)
    if (isNew) this.expected.add(id)
    else this.gone.delete(id)
  }

  went(id: ElementId): void {
    this.expected.delete(id)
    if (this.broughtBack.get(id) === false) this.gone.add(id)
  }

  async requestTicket(personId: string): Promise<TicketAnswer> {
    await this.world.pause(this.world.between(1, 200))
    const open = this.nodes.flatMap((node, index) => (node.isOpen ? [index] : []))
    const index = this.world.pick(open)
    if (index === undefined || this.away.has(personId)) return { type: 'unreachable' }
    const ticket = `ticket-${this.tickets.size}`
    const role = this.roleOf(personId)
    this.tickets.set(ticket, {
      ticketId: ticket,
      boardId: BOARD,
      personId,
      name: personId,
      role,
      linkId: null,
      sessionVersion: 1,
      sessionId: personId,
      expiresAt: this.world.now() + 60_000,
    })
    return { type: 'granted', grant: { ticket, url: `ws://node-${index}/sync/${BOARD}`, role } }
  }

  arrive(link: Link, url: string, ticket: string): void {
    const node = this.nodes[Number(/node-(\d+)/.exec(url)?.[1])]
    const claims = this.tickets.get(ticket)
    if (!claims || !node?.isOpen || this.away.has(claims.personId)) link.refuse()
    else void node.admit(link, claims)
  }

  private roleOf(personId: string): 'editor' | 'viewer' {
    return this.roles.get(personId) ?? 'editor'
  }

  private startNode(): ServerNode {
    return new ServerNode({
      world: this.world,
      disk: this.disk,
      hub: this.hub,
      access: ({ personId, role }): EffectiveAccess => ({
        access: role === 'viewer' ? role : this.roleOf(personId),
      }),
      savesTooEarly: this.options.fault === 'saves-too-early',
      hasNoGate: this.options.fault === 'has-no-gate',
    })
  }

  private setRole(personId: string, role: 'editor' | 'viewer'): void {
    this.roles.set(personId, role)
    this.world
      .pick(this.nodes.filter(({ isOpen }) => isOpen))
      ?.accessEvents.emit({ type: 'person', personId })
  }

  private async keepVersion(): Promise<void> {
    const { doc } = await this.disk.read(BOARD)
    this.versions.push(readStored(doc))
  }

  private async trouble(): Promise<void> {
    const { world, hub, disk } = this
    const person = world.pick(this.people)
    if (!person) return
    const troubles: (() => void | Promise<void>)[] = [
      () => person.link?.cut(),
      () => person.link?.cut(),
      () => person.link?.die(),
      () => person.reload(),
      () => this.goAway([person], 120_000),
      () => this.goAway([...this.people, this.editor, this.viewer], 10_000),
      () => this.restart('kill'),
      () => this.restart('stop'),
      () =>
        this.forAWhile(
          10_000,
          () => (disk.isFailing = true),
          () => (disk.isFailing = false),
        ),
      () =>
        this.forAWhile(
          10_000,
          () => (disk.mishaps = 0.2),
          () => (disk.mishaps = 0),
        ),
      () =>
        this.forAWhile(
          20_000,
          () => hub.goDown(),
          () => hub.comeBack(),
        ),
      () =>
        this.forAWhile(
          20_000,
          () => (hub.loss = 0.3),
          () => (hub.loss = 0),
        ),
      () =>
        this.forAWhile(
          5_000,
          () => this.setRole(person.id, 'viewer'),
          () => this.setRole(person.id, 'editor'),
        ),
    ]
    await world.pick(troubles)?.()
  }

  private forAWhile(longest: number, begin: () => void, end: () => void): void {
    begin()
    this.world.after(this.world.between(100, longest), end)
  }

  private goAway(who: readonly (Person | Hostile)[], longest: number): void {
    this.forAWhile(
      longest,
      () => {
        for (const { id, link } of who) {
          this.away.add(id)
          link?.cut()
        }
      },
      () => {
        for (const { id } of who) this.away.delete(id)
      },
    )
  }

  /** A node ends, and after a while another one takes its place. */
  private async restart(how: 'kill' | 'stop'): Promise<void> {
    const { world } = this
    const index = world.below(NODES)
    const node = this.nodes[index]
    if (!node?.isOpen) return
    if (how === 'kill') node.kill()
    else void node.stop().catch((error: unknown) => world.violate(`I6: stopping failed: ${error}`))
    if (how === 'kill') await checkStored(this, 'after a kill')
    world.after(world.between(50, 5000), () => {
      if (node.isAlive) node.kill()
      this.nodes[index] = this.startNode()
    })
  }

  /** No more trouble, and time for everybody to come back. */
  private async calm(): Promise<void> {
    const { world, hub, disk } = this
    await world.advance(SETTLING)
    this.away.clear()
    disk.isFailing = false
    disk.mishaps = 0
    hub.loss = 0
    hub.comeBack()
    this.editor.leave()
    this.viewer.leave()
    for (const { id } of this.people) if (this.roleOf(id) === 'viewer') this.setRole(id, 'editor')
    await world.advance(SETTLING)
    // Who was made an editor between their ticket and their arrival is a viewer until they come again.
    for (const { tab, link } of this.people) if (tab.client.role === 'viewer') link?.cut()
    await world.advance(RECOVERY)
  }

  private async leave(): Promise<void> {
    for (const person of this.people) person.close()
    await this.world.advance(20_000)
    for (const node of this.nodes) {
      if (node.isOpen && !node.isEmpty) this.world.violate('I9: a node keeps a board that everybody has left')
    }
    for (const node of this.nodes) node.kill()
  }
}

/** What went wrong in the run of this seed; nothing, if all is well. */
export const simulate = async (options: SimulationOptions): Promise<readonly string[]> => {
  try {
    return await new Simulation(options).run()
  } catch (error) {
    return [`I6: something threw: ${error instanceof Error ? error.stack : error}`]
  }
}
