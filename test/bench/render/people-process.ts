import { WebSocket } from 'ws'
import { encodePresence } from '../../../whiteboard/collab/peers.ts'
import { SUBPROTOCOL, SyncKind, TICKET_PREFIX } from '../../../whiteboard/collab/protocol.ts'
import { kinds } from '../../../whiteboard/elements/index.ts'
import { worldPoint } from '../../../whiteboard/geometry/types.ts'
import type { ElementId } from '../../../whiteboard/model/element.ts'
import type { Ticket } from '../../support/boards.ts'
import { nothingShown } from '../../support/presence.ts'
import { connectWith, entered, presenceFrame, type RawClient, syncFrame } from '../../support/ws-client.ts'
import type { Placed } from './recorder.ts'

/**
 * People who drag one element each, in a process of their own so that they take nothing from the page's hand: what each
 * drags goes out as presence as often as the product sends it, and once a second it is let go and taken up again.
 */
export interface Crowd {
  /** One for each person, and one more for reading the board. */
  readonly tickets: readonly Ticket[]
  /** What is dragged: one for each person. */
  readonly elements: readonly Placed[]
}

/** Milliseconds between two states of one person, and how many of them make a drag. */
const INTERVAL = 33
const STATES = 30
/** Board units. */
const RADIUS = 60

type Point = readonly [x: number, y: number]

interface Person {
  readonly socket: WebSocket
  readonly client: number
  readonly element: ElementId
  /** The middle of the circle that is dragged along. */
  readonly home: Point
  readonly phase: number
  /** Where the document has the element. */
  place: Point
  states: number
}

const opened = (ticket: Ticket): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(ticket.url, [SUBPROTOCOL, `${TICKET_PREFIX}${ticket.ticket}`])
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })

const handOf = ({ home, phase, states }: Person): Point => {
  const angle = phase + (states / STATES) * 2
  return [home[0] + RADIUS * Math.cos(angle), home[1] + RADIUS * Math.sin(angle)]
}

const show = (person: Person, isDragging: boolean): void => {
  const { element, place, client, socket } = person
  const [x, y] = handOf(person)
  const delta = [x - place[0], y - place[1]] as const
  const draft = isDragging ? ({ type: 'translate', ids: [element], delta } as const) : null
  const shown = { ...nothingShown, cursor: worldPoint(x + 20, y + 20), draft, selection: [element] }
  socket.send(presenceFrame(client, person.states, encodePresence(shown, kinds)))
}

/**
 * The element stays where the hand is: one transaction of the shared document, made and sent as this person's, so that it
 * waits for nothing that others send.
 */
const letGo = (person: Person, { doc, elements }: RawClient): void => {
  person.place = handOf(person)
  doc.clientID = person.client
  doc.once('update', (update: Uint8Array) => person.socket.send(syncFrame(SyncKind.update, update)))
  const fields = elements.get(person.element) as Map<string, unknown>
  fields.set('position', [...person.place])
  show(person, false)
}

const enter = async (ticket: Ticket | undefined, { id, x, y }: Placed, index: number): Promise<Person> => {
  if (!ticket) throw new Error('There is a ticket for each person.')
  const socket = await opened(ticket)
  const element = id as ElementId
  return { socket, client: 1000 + index, element, home: [x, y], phase: index, place: [x, y], states: 0 }
}

const run = async ({ tickets, elements }: Crowd): Promise<void> => {
  const [first, ...others] = tickets
  if (!first) return
  const reader = await entered(connectWith(first))
  await reader.close()
  const people = await Promise.all(elements.map((placed, index) => enter(others[index], placed, index)))
  const tick = (person: Person, index: number): void => {
    person.states++
    if ((person.states + index) % STATES === 0) letGo(person, reader)
    else show(person, true)
  }
  people.forEach((person, index) => {
    setTimeout(() => setInterval(() => tick(person, index), INTERVAL), (index * INTERVAL) / people.length)
  })
  process.send?.('moving')
}

process.once('message', (crowd: Crowd) => void run(crowd))
