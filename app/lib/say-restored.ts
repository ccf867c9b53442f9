import type { Peer, SyncClient } from '../../whiteboard/index.ts'
import { notify } from '../components/ui/toasts.tsx'

/** Milliseconds within which it is said once of a person, whatever they show. */
const ONCE_WITHIN = 30_000

/** When it was last said of whom, by their ids. */
const said = new Map<string, number>()

/** `role`: what this person may do on the board; who may only look does not see its history. */
const restoredWords = (name: string, role: SyncClient['role']): string => {
  const what = `${name || 'Somebody'} restored an earlier version of this board.`
  return role === 'editor' ? `${what} What was here before is in the version history.` : what
}

/** Tells who went back to an earlier version, from what peers show. */
export const sayRestored = (peers: readonly Peer[], role: SyncClient['role']): void => {
  const now = performance.now()
  for (const { personId, name, restored } of peers) {
    if (!restored || now - (said.get(personId) ?? Number.NEGATIVE_INFINITY) < ONCE_WITHIN) continue
    said.set(personId, now)
    notify({ kind: 'hint', text: restoredWords(name, role) })
  }
}
