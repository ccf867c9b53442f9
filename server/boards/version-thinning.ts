import type { VersionOutline } from '../store/types.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a board keeps of its past. Times in milliseconds. */
export const versionLimits = {
  /** All are kept for so long; */
  dense: DAY,
  /** then one an hour, */
  hourly: 7 * DAY,
  /** then one a day, and after that none but those with a name. */
  daily: 90 * DAY,
  /** What was there before a restore or a clearing is kept for so long in any case. */
  rescues: 30 * DAY,
  /** Versions of a board that were made as it was worked on. */
  worked: 300,
  /** Those from before a restore or a clearing: however many of these somebody causes, they displace no others. */
  rescued: 100,
  /** Versions of a board with a name. */
  named: 200,
  /** Bytes that the versions of a board may take together. */
  bytes: 256 * 1024 ** 2,
} as const

export type VersionLimits = { readonly [Name in keyof typeof versionLimits]: number }

const isRescue = ({ reason }: VersionOutline): boolean =>
  reason === 'before-restore' || reason === 'before-clearing'

/** Of those that share a key, only the newest stays; null stays for itself. */
const keyOf = (version: VersionOutline, now: number, limits: VersionLimits): string | null => {
  const at = version.createdAt.getTime()
  const age = now - at
  if (age < limits.dense || (isRescue(version) && age < limits.rescues)) return null
  return age < limits.hourly ? `hour ${Math.floor(at / HOUR)}` : `day ${Math.floor(at / DAY)}`
}

const byAge = (a: VersionOutline, b: VersionOutline): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1)

/**
 * The versions that a board keeps no longer: older ones thinned by hour and by day, and the oldest where there are too
 * many or they take too much room. Those with a name stay.
 */
export const versionsToRemove = (
  versions: readonly VersionOutline[],
  now: Date,
  limits: VersionLimits = versionLimits,
): string[] => {
  const time = now.getTime()
  const seen = new Set<string>()
  const removed: string[] = []
  const count = { worked: 0, rescued: 0 }
  let bytes = versions.reduce((sum, version) => sum + (version.name === null ? 0 : version.bytes), 0)
  for (const version of versions.filter(({ name }) => name === null).sort(byAge)) {
    const key = keyOf(version, time, limits)
    const isOld = time - version.createdAt.getTime() >= limits.daily
    const group = isRescue(version) ? 'rescued' : 'worked'
    const isFull =
      count[group] >= limits[group] ||
      (count.worked + count.rescued > 0 && bytes + version.bytes > limits.bytes)
    if (isOld || isFull || (key !== null && seen.has(key))) {
      removed.push(version.id)
      continue
    }
    if (key !== null) seen.add(key)
    count[group]++
    bytes += version.bytes
  }
  return removed
}
