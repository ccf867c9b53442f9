import { Counter, collectDefaultMetrics, Gauge, Histogram, type MetricValue, Registry } from 'prom-client'
import type { Answered } from './http/server.ts'
import type { SyncStats } from './sync/index.ts'
import type { Distribution, SyncMetrics, Tally } from './sync/metrics.ts'

/** What is asked for at the moment of reading. */
export interface MetricsSources {
  readonly sync: SyncMetrics
  readonly stats: () => SyncStats
}

/** Everything that is measured in this process, for Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  onAnswered(answered: Answered): void
  /** The numbers of the sync server join the others. Once. */
  watch(sources: MetricsSources): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

type Numbers = { [K in keyof SyncMetrics]: SyncMetrics[K] extends number ? K : never }[keyof SyncMetrics]
type Tallies = { [K in keyof SyncMetrics]: SyncMetrics[K] extends Tally ? K : never }[keyof SyncMetrics]
type Distributions = {
  [K in keyof SyncMetrics]: SyncMetrics[K] extends Distribution ? K : never
}[keyof SyncMetrics]

const COUNTERS: Readonly<Record<Numbers, readonly [name: string, help: string]>> = {
  updates: ['updates_total', 'Document updates of clients that were accepted'],
  updateBytes: ['update_bytes_total', 'Bytes of accepted document updates'],
  presence: ['presence_total', 'Presence entries of clients that were accepted'],
  framesOut: ['frames_out_total', 'Frames handed to sockets, each receiver counted'],
  bytesOut: ['bytes_out_total', 'Bytes of frames handed to sockets'],
  presenceDropped: ['presence_dropped_total', 'Presence frames that slow readers were spared'],
  fellBehind: ['fell_behind_total', 'Times that a reader was so slow that it was left out until it had read'],
  commitRows: ['commit_rows_total', 'Rows appended to the log'],
  commitFailures: [
    'commit_failures_total',
    'Transactions that could not be committed; nothing is lost by one',
  ],
  compactions: ['compactions_total', 'Snapshots written in place of log'],
  compactionFailures: ['compaction_failures_total', 'Snapshots that could not be written; the log stays'],
  loadFailures: ['load_failures_total', 'Boards that could not be loaded'],
  busIn: ['bus_in_total', 'Messages from other nodes'],
  busOut: ['bus_out_total', 'Messages to other nodes'],
}

const LABELLED: Readonly<Record<Tallies, readonly [name: string, label: string, help: string]>> = {
  refusedUpdates: ['refused_updates_total', 'reason', 'Document updates that were not applied'],
  refusedConnections: ['refused_connections_total', 'reason', 'Connections refused with an HTTP status'],
  closes: ['closes_total', 'code', 'Connections ended by the server, by close code'],
}

/** `scale` turns what is counted into the unit of the name. */
const HISTOGRAMS: Readonly<Record<Distributions, readonly [name: string, scale: number, help: string]>> = {
  commitTime: ['commit_seconds', 0.001, 'Transactions that appended to the log'],
  commitBytes: ['commit_bytes', 1, 'Bytes appended by one transaction'],
  savedLag: ['saved_lag_seconds', 0.001, 'From the arrival of an update to its commit'],
  loadTime: ['load_seconds', 0.001, 'Loading a board'],
}

const keys = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] =>
  Object.keys(record) as Key[]

const valuesOf = (name: string, scale: number, { bounds, counts, total, sum }: Distribution) => {
  let below = 0
  const buckets = bounds.map((bound, index): MetricValue<string> & { metricName: string } => {
    below += counts[index] ?? 0
    return {
      metricName: `${name}_bucket`,
      labels: { le: Number((bound * scale).toPrecision(12)) },
      value: below,
    }
  })
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: total },
    { metricName: `${name}_sum`, labels: {}, value: sum * scale },
    { metricName: `${name}_count`, labels: {}, value: total },
  ]
}

/** A histogram whose ranges were counted elsewhere: the library's own can only be observed into. */
class CountedHistogram extends Histogram<string> {
  private readonly about: { readonly name: string; readonly help: string }
  private readonly read: () => readonly object[]

  constructor(about: { name: string; help: string }, registers: Registry[], read: () => readonly object[]) {
    super({ ...about, registers })
    this.about = about
    this.read = read
  }

  /** What the registry makes its text of. */
  async getForPromString(): Promise<object> {
    return { ...this.about, type: 'histogram', aggregator: 'sum', values: this.read() }
  }
}

const registerSync = (registry: Registry, { sync, stats }: MetricsSources): void => {
  const registers = [registry]
  for (const key of keys(COUNTERS)) {
    const [name, help] = COUNTERS[key]
    new Counter({
      name: `drawbridge_${name}`,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(sync[key])
      },
    })
  }
  for (const key of keys(LABELLED)) {
    const [name, label, help] = LABELLED[key]
    new Counter({
      name: `drawbridge_${name}`,
      help,
      registers,
      labelNames: [label],
      collect() {
        this.reset()
        for (const [value, times] of sync[key].counts) this.inc({ [label]: value }, times)
      },
    })
  }
  for (const key of keys(HISTOGRAMS)) {
    const [name, scale, help] = HISTOGRAMS[key]
    const full = `drawbridge_${name}`
    new CountedHistogram({ name: full, help }, registers, () => valuesOf(full, scale, sync[key]))
  }
  const gauge = (name: string, help: string, read: (own: Gauge<string>) => void, labelNames: string[] = []) =>
    new Gauge({
      name: `drawbridge_${name}`,
      help,
      registers,
      labelNames,
      collect() {
        read(this)
      },
    })
  gauge('rooms', 'Boards in memory', (own) => own.set(stats().rooms))
  gauge('unsaved_bytes', 'Bytes of updates that are not on disk yet', (own) => own.set(stats().unsavedBytes))
  gauge(
    'clients',
    'Open connections to boards',
    (own) => {
      const { connections, viewers } = stats()
      own.set({ role: 'editor' }, connections - viewers)
      own.set({ role: 'viewer' }, viewers)
    },
    ['role'],
  )
}

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'drawbridge_http_request_seconds',
    help: 'HTTP requests, by pattern of the address',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    onAnswered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    watch: (sources) => registerSync(registry, sources),
  }
}
