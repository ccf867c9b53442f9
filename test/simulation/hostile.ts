import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { parseUpdateMeta } from 'yjs'
import { FrameKind, SyncKind } from '../../whiteboard/collab/protocol.ts'
import { type ClientEnd, Link } from './network.ts'
import type { Surroundings } from './person.ts'

const encode = encoding.encode

const syncFrame = (kind: number, payload: Uint8Array): Uint8Array =>
  encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, payload)
  })

const numbers = (...values: number[]): Uint8Array =>
  encode((encoder) => {
    for (const value of values) encoding.writeVarUint(encoder, value)
  })

/** An update that puts a word under a key of the board's settings. */
const remark = (client: number, clock: number): Uint8Array =>
  encode((encoder) => {
    for (const value of [1, 1, client, clock]) encoding.writeVarUint(encoder, value)
    encoding.writeUint8(encoder, 8 | 0x20)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'meta')
    encoding.writeVarString(encoder, `k${client}-${clock}`)
    encoding.writeVarUint(encoder, 1)
    encoding.writeAny(encoder, 'was here')
    encoding.writeVarUint(encoder, 0)
  })

/** Somebody who may come in, and wants nothing good. Deletes nothing that is there: that an editor may do. */
export class Hostile implements ClientEnd {
  readonly id: string
  /** The ids under which they write what is theirs. */
  readonly client: number
  private readonly surroundings: Surroundings
  link: Link | null = null
  private isOpen = false
  private isOver = false
  private clock = 0
  /** Up to which clock others are known to have written. */
  private readonly others = new Map<number, number>()
  private readonly overheard: Uint8Array[] = []

  constructor(id: string, surroundings: Surroundings) {
    this.id = id
    this.surroundings = surroundings
    this.client = 1 + surroundings.world.below(2 ** 31)
    void this.connect()
  }

  /** @param mangles whether what others sent may be sent again with a byte changed, which may delete what is there */
  act(mangles: boolean): void {
    const { world } = this.surroundings
    if (!this.isOpen || !this.link) return
    const attacks: (() => Uint8Array | null)[] = [
      () => this.remark(),
      () => this.deleteAhead(),
      () => this.takeClocks(),
      () => syncFrame(SyncKind.update, remark(this.client, this.clock + 50)),
      () => syncFrame(SyncKind.update, numbers(1, 1, this.client, this.clock, 10, 5, 0)),
      () => this.appearAs(),
      () => syncFrame(SyncKind.step2, numbers(0, 0, 1, 2, 3)),
      () => (mangles ? this.mangled() : new Uint8Array([world.below(30)])),
    ]
    const frame = world.pick(attacks)?.()
    if (frame) this.link.toServer(frame)
  }

  leave(): void {
    this.isOver = true
    this.link?.cut()
  }

  opened(): void {
    this.isOpen = true
  }

  took(message: Uint8Array): void {
    this.isOpen = true
    if (message[0] !== FrameKind.sync) return
    if (message[1] === SyncKind.step1) return
    const update = decoding.readVarUint8Array(decoding.createDecoder(message.subarray(2)))
    for (const [client, clock] of parseUpdateMeta(update).to) {
      if (client !== this.client) this.others.set(client, Math.max(clock, this.others.get(client) ?? 0))
    }
    this.overheard.push(update)
    if (this.overheard.length > 20) this.overheard.shift()
  }

  closed(): void {
    if (!this.link) return
    this.link = null
    this.isOpen = false
    const { world } = this.surroundings
    if (!this.isOver) world.after(world.between(500, 4000), () => void this.connect())
  }

  private async connect(): Promise<void> {
    const { world, tap } = this.surroundings
    const answer = await this.surroundings.requestTicket(this.id)
    if (this.isOver) return
    if (answer.type !== 'granted') {
      world.after(1000, () => void this.connect())
      return
    }
    const { url, ticket } = answer.grant
    // Nothing that is said to be saved of theirs is of interest.
    const link = new Link(world, this, { ...tap, acknowledged: () => {} })
    this.link = link
    world.after(world.between(1, 50), () => this.surroundings.arrive(link, url, ticket))
  }

  private remark(): Uint8Array {
    return syncFrame(SyncKind.update, remark(this.client, this.clock++))
  }

  private victim(): readonly [client: number, clock: number] | undefined {
    return this.surroundings.world.pick([...this.others])
  }

  private deleteAhead(): Uint8Array | null {
    const victim = this.victim()
    if (!victim) return null
    const [client, clock] = victim
    return syncFrame(SyncKind.update, numbers(0, 1, client, 1, clock + 1000, 1000))
  }

  private takeClocks(): Uint8Array | null {
    const victim = this.victim()
    if (!victim) return null
    const [client, clock] = victim
    return syncFrame(SyncKind.update, numbers(1, 1, client, clock, 0, 1000, 0))
  }

  private appearAs(): Uint8Array | null {
    const victim = this.victim()
    if (!victim) return null
    return encode((encoder) => {
      encoding.writeVarUint(encoder, FrameKind.awareness)
      const body = encode((inner) => {
        for (const value of [1, victim[0], 2 ** 30]) encoding.writeVarUint(inner, value)
        encoding.writeVarString(
          inner,
          this.surroundings.world.chance(0.5) ? 'null' : '{"user":{"name":"Owner"}}',
        )
      })
      encoding.writeVarUint8Array(encoder, body)
    })
  }

  private mangled(): Uint8Array | null {
    const { world } = this.surroundings
    const update = world.pick(this.overheard)?.slice()
    if (!update) return null
    const at = world.below(update.length)
    update[at] = (update[at] ?? 0) ^ (1 << world.below(8))
    return syncFrame(SyncKind.update, update)
  }
}
