import { createTicketIssuer } from '../../../server/boards/tickets.ts'
import { Client, type ClientEvents } from './client.ts'
import { speechOf } from './dialects.ts'
import { type Sender, Tally } from './tally.ts'
import type { Dialect, Prepared, Usage } from './types.ts'

/** The server under load, as the load process knows it. */
export interface Subject {
  readonly dialect: Dialect
  readonly port: number
  readonly secret: string
  readonly prepared: Prepared
  readonly seconds: number
  /** @param settled whether garbage is to be collected first */
  usage(settled?: boolean): Promise<Usage>
  /** Starts the server anew on what it has stored; resolves with its port. */
  restart(): Promise<number>
}

export interface Gathering {
  readonly rooms: number
  /** In each room. */
  readonly members: number
  /** Of those, how many send. */
  readonly senders: number
  /** Whether those who do not send may only look on. */
  readonly othersView?: boolean
  readonly events?: ClientEvents
}

export interface Crowd {
  readonly tally: Tally
  readonly clients: readonly Client[]
  readonly senders: readonly Client[]
  /** @throws Error when somebody was sent away */
  assertAllThere(): void
  leave(): void
}

/** So many connect at a time. */
const AT_ONCE = 50

/** Client ids as Yjs draws them: any of 32 bits. */
export const clientId = (): number => Math.floor(Math.random() * 2 ** 32)

const ticketFor = async (
  { dialect, secret, prepared }: Subject,
  room: { name: string; linkId: string | null },
  number: number,
  role: 'editor' | 'viewer',
): Promise<string | null> => {
  if (dialect !== 'drawbridge') return null
  const person = prepared.people[number % prepared.people.length]
  if (!person) throw new Error('Nobody was prepared')
  const { ticket } = await createTicketIssuer(secret).issue({
    boardId: room.name,
    personId: person.id,
    name: `Guest ${number}`,
    role,
    linkId: room.linkId,
    sessionVersion: person.sessionVersion,
    sessionId: `session-${person.id}`,
  })
  return ticket
}

/** A client who is about to join the room. */
export const newClient = async (
  subject: Subject,
  tally: Tally,
  place: {
    room: number
    number: number
    own: Sender | null
    senders: number
    views?: boolean
    events?: ClientEvents
  },
): Promise<Client> => {
  const room = subject.prepared.rooms[place.room]
  if (!room) throw new Error('There are not that many rooms')
  const role = place.views ? 'viewer' : 'editor'
  const speech = speechOf(subject.dialect, room, await ticketFor(subject, room, place.number, role))
  return new Client({ speech, tally, ...place })
}

/** Fills rooms with people, a number at a time; those who send have created their element when it resolves. */
export const gather = async (subject: Subject, gathering: Gathering): Promise<Crowd> => {
  const { rooms, members, senders, othersView = false, events } = gathering
  const tally = new Tally()
  const places = Array.from({ length: rooms * members }, (_, number) => ({
    room: number % rooms,
    number,
    slot: Math.floor(number / rooms),
  }))
  const clients: Client[] = []
  const join = async ({ room, number, slot }: (typeof places)[number]): Promise<void> => {
    const own = slot < senders ? { client: clientId(), slot, receivers: members - 1, sentAt: [] } : null
    if (own) tally.addSender(own)
    const place = { room, number, own, senders, views: othersView && !own, ...(events && { events }) }
    const client = await newClient(subject, tally, place)
    await client.join(subject.port)
    clients.push(client)
  }
  for (let start = 0; start < places.length; start += AT_ONCE) {
    await Promise.all(places.slice(start, start + AT_ONCE).map(join))
  }
  return {
    tally,
    clients,
    senders: clients.filter(({ own }) => own),
    assertAllThere: () => {
      const gone = clients.filter(({ ended }) => ended !== null)
      if (gone.length > 0)
        throw new Error(`${gone.length} of ${clients.length} were sent away: ${gone[0]?.ended}`)
    },
    leave: () => {
      for (const client of clients) client.leave()
    },
  }
}
