type Snapping = typeof import('../model/plans/snapping/snap.ts')

let snapping: Snapping | null = null
let coming: Promise<void> | null = null

/** The plans of snapping; null until they are here, and nothing snaps. */
export const snappingIfHere = (): Snapping | null => snapping

/** Fetches them; never rejects: they are asked for again with the next gesture. */
export const fetchSnapping = (): Promise<void> => {
  coming ??= import('../model/plans/snapping/snap.ts').then(
    (module) => {
      snapping = module
    },
    () => {
      coming = null
    },
  )
  return coming
}
