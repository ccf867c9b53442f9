/** Adds units to ranges (client, clock, end, client, clock, end...); to the last one where they come right after it. */
export const addRange = (ranges: number[], client: number, clock: number, end: number): void => {
  const last = ranges.length - 1
  if (ranges[last] === clock && ranges[last - 2] === client) ranges[last] = end
  else ranges.push(client, clock, end)
}
