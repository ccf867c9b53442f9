import type { AssetStore } from './assets/asset-store.ts'
import type { Intake } from './assets/intake.ts'
import type { RateLimits } from './auth/rate-limit.ts'
import type { AccessEvents } from './boards/access-events.ts'
import type { Artist } from './boards/artist.ts'
import type { WorkKnowledge } from './boards/context.ts'
import type { TicketIssuer } from './boards/tickets.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { Nodes } from './nodes.ts'
import type { Store } from './store/types.ts'

/** What the process has one of, and both our own server and Next's separately bundled route handlers need. */
export interface Runtime {
  readonly config: Config
  readonly log: Log
  /** The project's folder. */
  readonly root: string
  readonly store: Store
  readonly nodes: Nodes
  readonly accessEvents: AccessEvents
  readonly tickets: TicketIssuer
  readonly assets: AssetStore
  readonly intake: Intake
  readonly artist: Artist
  /** Present where the sync server runs in this process. */
  readonly versionKeeper?: WorkKnowledge | undefined
  readonly limits: RateLimits
}

const key = Symbol.for('drawbridge.runtime')
type Holder = { [key]?: Runtime }

/** Called once by `main.ts` (and by tests) before the first request. */
export const setRuntime = (runtime: Runtime | undefined): void => {
  ;(globalThis as Holder)[key] = runtime
}

/** @throws Error before `setRuntime`: route handlers only run inside our own server. */
export const runtime = (): Runtime => {
  const current = (globalThis as Holder)[key]
  if (!current) throw new Error('The server has not started: run it through server/main.ts')
  return current
}
