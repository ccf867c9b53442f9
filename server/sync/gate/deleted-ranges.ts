/** Whether one of the ranges, which are in order, holds all from `clock` to before `end`. */
const isWithinOne = (
  ranges: readonly (readonly [clock: number, end: number])[],
  clock: number,
  end: number,
): boolean => {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.[0] ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return (ranges[low - 1]?.[1] ?? 0) >= end
}

/** Whether each of the ranges is within one of those that are deleted; both as client, clock, end, and so on. */
export const areDeleted = (ranges: readonly number[], deletes: readonly number[]): boolean => {
  if (ranges.length === 0) return true
  const byClient = new Map<number, (readonly [clock: number, end: number])[]>()
  for (let index = 0; index < deletes.length; index += 3) {
    const [client = 0, clock = 0, end = 0] = deletes.slice(index, index + 3)
    const known = byClient.get(client)
    if (known) known.push([clock, end])
    else byClient.set(client, [[clock, end]])
  }
  for (const known of byClient.values()) known.sort(([a], [b]) => a - b)
  for (let index = 0; index < ranges.length; index += 3) {
    const [client = 0, clock = 0, end = 0] = ranges.slice(index, index + 3)
    if (!isWithinOne(byClient.get(client) ?? [], clock, end)) return false
  }
  return true
}
