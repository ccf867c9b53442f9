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
  /**
   * What is kept while that is fresh; otherwise what `make` comes to, told what is kept, which is kept from then on. Who asks
   * while it is being made gets that.
   */
  fresh(
    key: string,
    now: number,
    make: (known: KeptPreview | undefined) => Promise<KeptPreview>,
  ): Promise<KeptPreview>
}

/** Makes what is asked for by a key; who asks for it while it is being made gets that. */
const createMaking = <Made>() => {
  const coming = new Map<string, Promise<Made>>()
  return (key: string, make: () => Promise<Made>): Promise<Made> => {
    const made = coming.get(key) ?? make().finally(() => coming.delete(key))
    coming.set(key, made)
    return made
  }
}

/** @param capacity characters of all pictures together; a longer one is not kept at all */
export const createPreviewCache = (capacity: number): PreviewCache => {
  const entries = new Map<string, KeptPreview>()
  const shared = createMaking<KeptPreview>()
  let size = 0

  const remove = (key: string): void => {
    size -= entries.get(key)?.svg.length ?? 0
    entries.delete(key)
  }

  const get = (key: string): KeptPreview | undefined => {
    const value = entries.get(key)
    if (value === undefined) return undefined
    // The order of a Map is that of insertion: the first is the one unused for longest.
    entries.delete(key)
    entries.set(key, value)
    return value
  }

  const set = (key: string, value: KeptPreview): void => {
    remove(key)
    if (value.svg.length > capacity) return
    for (const oldest of entries.keys()) {
      if (size + value.svg.length <= capacity) break
      remove(oldest)
    }
    entries.set(key, value)
    size += value.svg.length
  }

  return {
    get,
    set,
    async fresh(key, now, make) {
      const known = get(key)
      if (known && now < known.freshUntil) return known
      const value = await shared(key, () => make(known))
      if (value !== known) set(key, value)
      return value
    },
  }
}
