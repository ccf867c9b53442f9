import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { newLink, secretOf, type Ticket, ticketFor } from './boards.ts'
import { enterAsGuest, type HttpClient } from './http-client.ts'

/** What somebody moves: an element, and where it stands. */
export interface Moved {
  readonly id: string
  readonly position: readonly [x: number, y: number]
}

/** What the process is told; its one argument, as JSON. */
export interface MovingPlan {
  readonly boardId: string
  readonly tickets: readonly Ticket[]
  /** One for each person; the first ticket is spent on reading the board. */
  readonly moved: readonly Moved[]
  /** How often each of them moves. */
  readonly perSecond: number
  /** Whether each movement is a change of the board, instead of a draft that is only shown. */
  readonly commit: boolean
}

export interface MovingPeople {
  stop(): Promise<void>
}

export interface MovingOptions extends Pick<MovingPlan, 'boardId' | 'moved' | 'perSecond' | 'commit'> {
  /** Whose board it is. */
  readonly owner: HttpClient
}

const script = join(import.meta.dirname, 'moving-people-process.ts')

/** Has as many guests as things are given come to a board and move one each, from a process of their own, until stopped. */
export const startMovingPeople = async ({
  owner,
  boardId,
  moved,
  ...how
}: MovingOptions): Promise<MovingPeople> => {
  const secret = secretOf(await newLink(owner, boardId, 'editor'))
  const tickets: Ticket[] = []
  for (let index = 0; index <= moved.length; index++) {
    const guest = await enterAsGuest(owner.url, `Guest ${index + 1}`)
    tickets.push(await ticketFor(guest, boardId, secret))
  }
  const plan: MovingPlan = { boardId, tickets, moved, ...how }
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  if (child.exitCode !== null) throw new Error('Nobody came to move things')
  return {
    stop: async () => {
      child.kill()
      await ended
    },
  }
}
