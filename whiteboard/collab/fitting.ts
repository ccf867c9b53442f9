const encoder = new TextEncoder()

/** How long a value is as JSON in UTF-8, in bytes. */
export const jsonBytes = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/** The first of `entries` that fit into an array of `limit` bytes of JSON, commas included; the first too long ends it. */
export const takeFitting = <Entry>(entries: readonly Entry[], limit: number): Entry[] => {
  const taken: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += jsonBytes(entry) + 1
    if (bytes > limit) break
    taken.push(entry)
  }
  return taken
}
