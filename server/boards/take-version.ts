import type { NewVersion, Store, VersionRow } from '../store/types.ts'
import { partsOf } from '../sync/ports.ts'
import { countStored, packState } from './version-state.ts'
import { versionsToRemove } from './version-thinning.ts'

export type VersionWish = Omit<NewVersion, 'data'> & {
  /** The state to keep; what is stored now where it is left out. */
  readonly updates?: readonly Uint8Array[]
}

/** Removes what a board keeps no longer. */
export const thinVersions = async (
  { versions }: Pick<Store, 'versions'>,
  boardId: string,
  now: Date,
): Promise<number> => {
  const surplus = versionsToRemove(await versions.outline(boardId), now)
  return surplus.length === 0 ? 0 : versions.remove(boardId, surplus)
}

/**
 * Keeps a state of a board. Nothing large is decoded for it. Null where there is nothing to keep: nobody has drawn on the
 * board, or it is gone.
 *
 * @throws DamagedSnapshotError
 */
export const takeVersion = async (
  store: Pick<Store, 'versions' | 'rooms'>,
  { updates: given, ...wish }: VersionWish,
): Promise<VersionRow | null> => {
  const updates = given ?? partsOf(await store.rooms.load(wish.boardId))
  if (updates.length === 0) return null
  const elements = wish.elements ?? (await countStored(updates))
  const made = await store.versions.create({ ...wish, elements, data: await packState(updates) })
  if (made) await thinVersions(store, wish.boardId, wish.createdAt)
  return made
}
