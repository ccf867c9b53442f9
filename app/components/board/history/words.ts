import type { Version } from '../../../lib/versions.ts'

const DAY = 24 * 3_600_000

const dayOf = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** "Today", "Yesterday", or the date: what stands over the versions of a day. */
export const dayWords = (iso: string, now: Date): string => {
  const date = new Date(iso)
  const days = Math.round((dayOf(now) - dayOf(date)) / DAY)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return date.toLocaleDateString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(date.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  })
}

export const timeWords = (iso: string): string =>
  new Date(iso).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "14:32", "yesterday, 14:32", "Monday, 12 November, 14:32": which version is meant, within a sentence. */
export const momentWords = (iso: string, now: Date): string => {
  const day = dayWords(iso, now)
  const time = timeWords(iso)
  if (day === 'Today') return `today, ${time}`
  return day === 'Yesterday' ? `yesterday, ${time}` : `${day}, ${time}`
}

/** Why a version is there, where that is not plain work. */
export const reasonWords = ({ reason, createdBy }: Pick<Version, 'reason' | 'createdBy'>): string | null => {
  if (reason === 'before-clearing') return 'Before it was cleared'
  if (reason !== 'before-restore') return null
  return createdBy?.name ? `Before a restore by ${createdBy.name}` : 'Before a restore'
}

export const countWords = (count: number): string =>
  count === 1 ? '1 element' : `${count.toLocaleString('en')} elements`

/** "Ada", "Ada and Ben", "Ada, Ben and 3 others". */
export const authorWords = (authors: Version['authors']): string => {
  const names = authors.map(({ name }) => name || 'Somebody')
  const [first = '', second = '', ...others] = names
  if (names.length <= 1) return first
  if (others.length === 0) return `${first} and ${second}`
  return `${first}, ${second} and ${others.length === 1 ? '1 other' : `${others.length} others`}`
}

export interface Day {
  readonly title: string
  readonly versions: readonly Version[]
}

/** The versions under their days, in the order in which they come. */
export const byDay = (versions: readonly Version[], now: Date): Day[] => {
  const days: { title: string; versions: Version[] }[] = []
  for (const version of versions) {
    const title = dayWords(version.createdAt, now)
    const last = days.at(-1)
    if (last?.title === title) last.versions.push(version)
    else days.push({ title, versions: [version] })
  }
  return days
}
