/** So many may be inside at a time; others wait, in the order in which they came. */
export interface Places {
  /** Resolves with what ends one's stay; with null at once when as many wait as may. */
  enter(): Promise<(() => void) | null>
}

export const createPlaces = (most: { readonly inside: number; readonly waiting: number }): Places => {
  const waiting: (() => void)[] = []
  let inside = 0

  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else inside--
  }

  return {
    async enter() {
      if (inside < most.inside) inside++
      else if (waiting.length >= most.waiting) return null
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return leave
    },
  }
}
