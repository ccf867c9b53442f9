import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { peerVersion } from './prepare.ts'
import { root, type ServerName, servers } from './servers.ts'
import type { Figures, RowName } from './types.ts'

export type Results = ReadonlyMap<RowName, ReadonlyMap<ServerName, Figures>>

const titles: Record<RowName, string> = {
  room: '500 clients in a room, 10 writers at 20/s: CPU s per 1,000 deliveries · p50 · p99',
  'rate-200': 'highest rate with p99 under 100 ms, 200 clients, 10 writers: delivered/s',
  'rate-50': 'the same, 50 clients',
  cursors: '100 cursors at 30/s in a room: delivered/s · p99 · CPU s per 1,000',
  rooms: '500 rooms × 4 clients at 1/s: p99 · CPU s per 1,000',
  idle: '2,000 idle connections: KB each',
  saved: 'update to saved at 200/s: p50 · p95',
  open: 'cold open of a stored board of 50,000 elements: one · 50 at once · reads of the database',
  pair: 'a pair alone: p95 at 20/s and 60/s',
  crowd:
    'LD1 1,000 clients in a room, 50 draw at 4/s: p95 · p99 · event loop late by (p99) · memory · growth of it',
  flood: 'LD9 20 people while one of them sends all that is let through: how much worse their p95 gets',
  restart:
    'LD3 restart with 2,000 clients on 200 boards: all back after · reads of the database · event loop',
  turnover: 'LD6 boards opened, drawn on and left: growth of the heap · memory',
  soak: 'LD10 200 people who come and go, 1 % hostile: p95 · event loop late by (p99) · memory · growth of it',
  large: 'LD7 cold open of a stored board of 100,000 elements: to the last byte · memory',
}

const whole = (value = Number.NaN): string => Math.round(value).toLocaleString('en')
const ms = (value = Number.NaN): string =>
  Number.isFinite(value) ? `${value < 20 ? value.toFixed(1) : whole(value)} ms` : 'never'
const mb = (value = Number.NaN): string => `${whole(value)} MB`
const percent = (value = Number.NaN): string => `${value > 0 ? '+' : ''}${value.toFixed(0)} %`
const cpu = (value = Number.NaN): string => (Number.isFinite(value) ? value.toPrecision(2) : '-')

const shown: Record<RowName, (figures: Figures) => string[]> = {
  room: ({ cpu: used, p50, p99 }) => [cpu(used), ms(p50), ms(p99)],
  'rate-200': ({ delivered }) => [whole(delivered)],
  'rate-50': ({ delivered }) => [whole(delivered)],
  cursors: ({ delivered, p99, cpu: used }) => [whole(delivered), ms(p99), cpu(used)],
  rooms: ({ p99, cpu: used }) => [ms(p99), cpu(used)],
  idle: ({ kilobytes }) => [(kilobytes ?? Number.NaN).toFixed(1)],
  saved: ({ p50, p95 }) => [ms(p50), ms(p95)],
  open: ({ one, fifty, loads }) => [ms(one), ms(fifty), whole(loads)],
  pair: () => [],
  crowd: ({ p95, p99, loopLag, megabytes, growth }) => [
    ms(p95),
    ms(p99),
    ms(loopLag),
    mb(megabytes),
    mb(growth),
  ],
  flood: ({ worse }) => [percent(worse)],
  restart: ({ back, loads, loopLag }) => [`${back?.toFixed(1)} s`, whole(loads), ms(loopLag)],
  turnover: ({ worse, megabytes }) => [percent(worse), mb(megabytes)],
  soak: ({ p95, loopLag, megabytes, growth }) => [ms(p95), ms(loopLag), mb(megabytes), mb(growth)],
  large: ({ one, megabytes }) => [ms(one), mb(megabytes)],
}

/** As one line. */
export const describe = (row: RowName, figures: Figures): string => {
  const measured = Object.keys(figures).some((name) => name !== 'note')
  const notes = [
    ...(figures.share !== undefined && figures.share < 99.5 ? [`${figures.share.toFixed(1)} % arrived`] : []),
    ...(figures.clients !== undefined && figures.clients > 90 ? ['held up by the clients'] : []),
    ...(figures.note ? [figures.note] : []),
  ]
  return [...(measured ? shown[row](figures) : []), ...notes].join(' · ')
}

/** Ours beside the best of the peers; null where one of them is missing. */
type Comparison = (ours: Figures, peers: ReadonlyMap<ServerName, Figures>) => string | null

const least = (
  peers: ReadonlyMap<ServerName, Figures>,
  value: (figures: Figures) => number | undefined,
): number => Math.min(...[...peers.values()].map((figures) => value(figures) ?? Number.POSITIVE_INFINITY))

const ratio = (ours: number | undefined, theirs: number | undefined, what: string): string | null => {
  const times = (ours ?? Number.NaN) / (theirs ?? Number.NaN)
  return Number.isFinite(times) && times > 0 ? `${times.toFixed(2)} × ${what}` : null
}

const rateAgainstHocuspocus: Comparison = (ours, peers) =>
  ratio(
    ours.delivered,
    peers.get('hocuspocus-sqlite')?.delivered,
    "Hocuspocus' rate with SQLite (wanted: 1.5)",
  )

const comparisons: Partial<Record<RowName, Comparison>> = {
  room: (ours, peers) =>
    ratio(
      ours.cpu,
      least(peers, (figures) => figures.cpu),
      "the best peer's CPU (wanted: 0.5)",
    ),
  'rate-200': rateAgainstHocuspocus,
  'rate-50': rateAgainstHocuspocus,
  cursors: (ours, peers) => {
    const both = [peers.get('hocuspocus-memory')?.cpu, peers.get('hocuspocus-sqlite')?.cpu]
    const best = Math.min(...both.map((used) => used ?? Number.POSITIVE_INFINITY))
    return ratio(ours.cpu, best, "Hocuspocus' CPU (wanted: 0.5)")
  },
  rooms: (ours, peers) =>
    ratio(ours.cpu, peers.get('hocuspocus-sqlite')?.cpu, "Hocuspocus' CPU with SQLite (wanted: 0.7)"),
}

const wanted: Partial<Record<RowName, string>> = {
  room: 'p99 under 40 ms',
  cursors: 'p99 under 60 ms',
  rooms: 'p99 under 40 ms',
  idle: 'at most 10 KB',
  saved: 'p95 under 150 ms',
  open: 'one under 1.0 s, 50 within 2 s, one read',
  pair: 'p95 under 25 ms',
  crowd: 'p95 at most 250 ms, p99 1 s, event loop 50 ms, less than 1 GiB, nobody sent away',
  flood: 'less than 20 %',
  restart: '30 s, 400 reads',
  turnover: 'within 10 %',
  soak: 'nobody sent away but who is hostile, no 1011, no growth',
  large: '5 s',
}

export const printHead = (): void => {
  const [processor] = cpus()
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    cwd: root,
    encoding: 'utf8',
  }).trim()
  console.log(
    `${cpus().length} × ${processor?.model.trim()}, ${whole(totalmem() / 2 ** 20)} MB, Linux ${release()}; Node ${process.versions.node}; commit ${commit}`,
  )
  const versions = ['@hocuspocus/server', '@y/websocket-server', 'y-leveldb', 'ws', 'node'].map(
    (name) => `${name} ${peerVersion(name)}`,
  )
  console.log(`peers: ${versions.join(', ')} (Hocuspocus runs on the last)\n`)
}

export const printRow = (row: RowName): void => {
  console.log(`${titles[row]}${wanted[row] ? ` (wanted: ${wanted[row]})` : ''}`)
}

export const printCell = (row: RowName, name: ServerName, figures: Figures): void => {
  console.log(`  ${servers[name].title.padEnd(14)} ${describe(row, figures)}`)
}

export const printComparison = (row: RowName, figures: ReadonlyMap<ServerName, Figures>): void => {
  const ours = figures.get('ours')
  const peers = new Map([...figures].filter(([name]) => name !== 'ours'))
  const compared = ours && comparisons[row]?.(ours, peers)
  console.log(compared ? `  = ${compared}\n` : '')
}
