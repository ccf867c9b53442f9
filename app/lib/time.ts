const STEPS: readonly (readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60, 'second'],
  [60 * 60, 'minute'],
  [24 * 60 * 60, 'hour'],
  [7 * 24 * 60 * 60, 'day'],
]
const unitSeconds = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const

/** "5 minutes ago", and the date itself for what is older than a week. `now` in milliseconds since the epoch. */
export const timeAgo = (iso: string, now: number = Date.now()): string => {
  const then = Date.parse(iso)
  if (Number.isNaN(then)) return ''
  const seconds = Math.max(0, (now - then) / 1000)
  if (seconds < 45) return 'just now'
  const step = STEPS.find(([limit]) => seconds < limit)
  if (!step)
    return new Date(then).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' })
  const unit = step[1] as keyof typeof unitSeconds
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
    -Math.max(1, Math.round(seconds / unitSeconds[unit])),
    unit,
  )
}
