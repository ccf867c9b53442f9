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
  /** Those from before a restore, and those from before a clearing: however many somebody causes, they displace no others. */
  rescued: 100,
  /** Versions of a board with a name. */
  named: 200,
  /** Bytes that those of a board that were made as it was worked on may take together; */
  bytes: 256 * 1024 ** 2,
  /** those from before a restore, and those from before a clearing; */
  rescuedBytes: 128 * 1024 ** 2,
  /** those with a name. Nobody can displace one kind by making many of another. */
  namedBytes: 256 * 1024 ** 2,
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
  const kept = new Map<string, { count: number; bytes: number }>()
  for (const version of versions.filter(({ name }) => name === null).sort(byAge)) {
    const key = keyOf(version, time, limits)
    const isOld = time - version.createdAt.getTime() >= limits.daily
    const [most, mostBytes] = isRescue(version)
      ? [limits.rescued, limits.rescuedBytes]
      : [limits.worked, limits.bytes]
    const group = kept.get(version.reason) ?? { count: 0, bytes: 0 }
    // The newest stays, however large it is.
    const isFull = group.count >= most || (group.count > 0 && group.bytes + version.bytes > mostBytes)
    if (isOld || isFull || (key !== null && seen.has(key))) {
      removed.push(version.id)
      continue
    }
    if (key !== null) seen.add(key)
    kept.set(version.reason, { count: group.count + 1, bytes: group.bytes + version.bytes })
  }
  return removed
}
