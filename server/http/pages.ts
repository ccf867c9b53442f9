import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Config } from '../config.ts'

/** Next, in this process. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Whether the upgrade was Next's own (hot reload) and has been given to it. */
  takeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  close(): Promise<void>
}

/** Of a node that serves boards' sockets only. */
export const noPages: Pages = {
  handle: async (_request, response) => {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end('This node serves the sockets of boards only.\n')
  },
  takeUpgrade: () => false,
  close: async () => {},
}

/**
 * @param dir the project's folder
 * @param port the port that the server listens on
 */
export const openPages = async (config: Config, dir: string, port: number): Promise<Pages> => {
  // Loaded only now: it decides by the environment which build of itself to run.
  const { default: next } = await import('next')
  // Next adds an upgrade listener to the server it is given, and would answer for every path. It gets one of its own.
  const upgrades = new EventEmitter()
  const app = next({
    dev: config.development,
    dir,
    hostname: config.host ?? 'localhost',
    port,
    httpServer: upgrades as Server,
  })
  await app.prepare()
  return {
    handle: app.getRequestHandler(),
    takeUpgrade: (request, socket, head) => {
      const isNext = config.development && request.url?.startsWith('/_next/') === true
      return isNext && upgrades.emit('upgrade', request, socket, head)
    },
    close: () => app.close(),
  }
}
