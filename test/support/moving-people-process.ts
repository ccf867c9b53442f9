/** The people of `moving-people.ts`: as many sockets as tickets, each of which moves its element in circles. */
import { WebSocket } from 'ws'
import { SUBPROTOCOL, SyncKind, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { ElementId } from '../../whiteboard/model/element.ts'
import type { Ticket } from './boards.ts'
import type { Moved, MovingPlan } from './moving-people.ts'
import { connectWith, entered, presenceFrame, syncFrame } from './ws-client.ts'

const plan = JSON.parse(process.argv[2] ?? '') as MovingPlan

/** The socket of somebody who reads nothing, so that it costs the machine of the measured page as little as may be. */
const join = ({ url, ticket }: Ticket): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [SUBPROTOCOL, TICKET_PREFIX + ticket])
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })

/** In circles of 60 units, each person at another place of theirs. */
const shiftOf = (person: number, step: number): [x: number, y: number] => {
  const angle = person + (step / plan.perSecond) * 3
  return [Math.round(60 * Math.cos(angle)), Math.round(60 * Math.sin(angle))]
}

type Move = (step: number) => void

const FIRST_CLIENT = 1_000_000

const movedBy = (person: number): Moved => {
  const moved = plan.moved[person]
  if (!moved) throw new Error('Somebody has nothing to move')
  return moved
}

const showing = (socket: WebSocket, person: number): Move => {
  const { id, position } = movedBy(person)
  const client = FIRST_CLIENT + person
  return (step) => {
    const delta = shiftOf(person, step)
    const cursor = [position[0] + delta[0] + 20, position[1] + delta[1] + 20]
    const view = [position[0], position[1], 1, 1280, 800]
    const draft = { type: 'translate', ids: [id], delta, from: position }
    socket.send(presenceFrame(client, step + 1, { cursor, view, selection: [id], draft }))
  }
}

/** All write in one document, under a client id for each: so nobody needs a copy of a large board to themselves. */
const committing = async (sockets: readonly WebSocket[], ticket: Ticket): Promise<Move[]> => {
  const reader = await entered(connectWith(ticket))
  await reader.close()
  const { doc } = reader
  const board = createBoardStore(doc, kinds)
  let author: WebSocket | undefined
  doc.on('update', (update: Uint8Array) => author?.send(syncFrame(SyncKind.update, update)))
  return sockets.map((socket, person) => {
    const { id, position } = movedBy(person)
    return (step) => {
      const [x, y] = shiftOf(person, step)
      const place = worldPoint(position[0] + x, position[1] + y)
      doc.clientID = FIRST_CLIENT + person
      author = socket
      board.transact('user', (edit) => edit.update(id as ElementId, { position: place }))
    }
  })
}

const [reader, ...tickets] = plan.tickets
if (!reader) throw new Error('Nobody may come')
const sockets = await Promise.all(tickets.map(join))
const moves = plan.commit ? await committing(sockets, reader) : sockets.map(showing)
const interval = 1000 / plan.perSecond
moves.forEach((move, person) => {
  let step = 0
  const start = (): void => void setInterval(() => move(step++), interval)
  setTimeout(start, (interval * person) / moves.length)
})
process.stdout.write('moving\n')
