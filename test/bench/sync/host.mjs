/**
 * A sync server in a process of its own: `node --expose-gc host.mjs <module> <options as JSON>`. The module's `open` starts
 * the server. Plain JavaScript, since it also runs under the Node that a peer needs. Answers each message of its parent:
 * `usage`, `prepare` (for servers that know people and boards) and `stop`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'

const [modulePath, options] = process.argv.slice(2)
const { open } = await import(pathToFileURL(modulePath).href)
const server = await open(JSON.parse(options))

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Memory in use, as little garbage in it as can be had. */
const settledMemory = async () => {
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.()
    await pause(100)
  }
  return process.memoryUsage.rss()
}

/** Milliseconds. What it counts is from one of its own turns to the next. */
const TURN = 10
const turns = monitorEventLoopDelay({ resolution: TURN })
turns.enable()

const answers = {
  /** Seconds of the processor since the start, memory, reads of the database, and how late the event loop was. */
  usage: async ({ settled }) => {
    const loopLag = Math.max(0, turns.percentile(99) / 1e6 - TURN)
    const { user, system } = process.cpuUsage()
    const rss = settled ? await settledMemory() : process.memoryUsage.rss()
    const heap = process.memoryUsage().heapUsed
    turns.reset()
    return {
      cpu: (user + system) / 1e6,
      rss,
      heap,
      loopLag,
      loads: 0,
      logReads: 0,
      rooms: 0,
      ...server.counts?.(),
    }
  },
  prepare: ({ boards, people }) => server.prepare?.({ boards, people }) ?? null,
  stop: () => server.stop?.() ?? null,
}

process.on('message', async ({ id, type, ...question }) => {
  try {
    process.send({ id, answer: await answers[type](question) })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) })
  }
  if (type === 'stop') process.exit(0)
})
process.on('disconnect', () => process.exit(0))
process.send({ id: 'ready', answer: { node: process.versions.node } })
