/**
 * The sync server beside others, in one run: `npm run bench:sync`. Every figure comes from a fresh server in a process of
 * its own and clients in another, on one machine over loopback; the processor's time is the server's alone. Ours is put
 * together as `server/main.ts` does, with tickets, access checks and SQLite that syncs each commit to the disk. The others
 * are installed into `test/bench/peers` when they are missing.
 */
import { readOptions } from './sync/options.ts'
import { bundle, installPeers } from './sync/prepare.ts'
import { printCell, printComparison, printHead, printRow } from './sync/report.ts'
import type { ServerName } from './sync/servers.ts'
import { runTrial } from './sync/trial.ts'
import type { Figures, RowName } from './sync/types.ts'

/** What we promise, whatever others do. */
const promises: readonly RowName[] = ['saved', 'crowd', 'flood', 'restart', 'turnover', 'soak', 'large']

/** Those that have stored boards and wait for one to be loaded before they answer, as y-websocket-server does not. */
const openers: readonly ServerName[] = ['ours', 'hocuspocus-sqlite']

const { rows, servers, seconds } = readOptions(process.argv.slice(2))
if (servers.some((name) => name !== 'ours')) installPeers()
await bundle()
printHead()
for (const row of rows) {
  printRow(row)
  const figures = new Map<ServerName, Figures>()
  for (const name of servers) {
    if (promises.includes(row) && name !== 'ours') continue
    if (row === 'open' && !openers.includes(name)) continue
    const measured = await runTrial(name, row, seconds)
    figures.set(name, measured)
    printCell(row, name, measured)
  }
  printComparison(row, figures)
}
