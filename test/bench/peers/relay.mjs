/** The least that a server can do: each binary frame goes to the others in the room. No document, no disk, nobody checked. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

export const open = ({ port }) => {
  const rooms = new Map()
  const server = createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket, { url }) => {
    const room = rooms.get(url) ?? new Set()
    rooms.set(url, room.add(socket))
    socket.on('message', (data, isBinary) => {
      for (const other of room) if (other !== socket) other.send(data, { binary: isBinary })
    })
    socket.on('error', () => {})
    socket.on('close', () => room.delete(socket))
  })
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({})))
}
