export interface KeptPreview {
  readonly svg: string
  readonly tag: string
  /** Until when it is good without asking what is stored; milliseconds. */
  readonly freshUntil: number
}

/** Keeps the pictures that were used last, up to a total length. */
export interface PreviewCache {
  get(key: string): KeptPreview | undefined
  set(key: string, value: KeptPreview): void
}

/** @param capacity characters of all pictures together; a longer one is not kept at all */
export const createPreviewCache = (capacity: number): PreviewCache => {
  const entries = new Map<string, KeptPreview>()
  let size = 0

  const remove = (key: string): void => {
    size -= entries.get(key)?.svg.length ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      // The order of a Map is that of insertion: the first is the one unused for longest.
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      remove(key)
      if (value.svg.length > capacity) return
      for (const oldest of entries.keys()) {
        if (size + value.svg.length <= capacity) break
        remove(oldest)
      }
      entries.set(key, value)
      size += value.svg.length
    },
  }
}
