import { moveDeviceCopies } from '../../whiteboard/index.ts'
import { api } from './api.ts'

/**
 * Signs in; what this browser keeps of a guest's boards, unsent work above all, is the account's afterwards, as their boards
 * are. @throws what `signIn` throws
 */
export const bringCopies = async <Outcome>(signIn: () => Promise<Outcome>): Promise<Outcome> => {
  const before = await api.me().catch(() => null)
  const outcome = await signIn()
  if (!before?.isGuest) return outcome
  try {
    const after = await api.me()
    if (!after.isGuest && after.id !== before.id) await moveDeviceCopies(before.id, after.id)
  } catch {
    // Storage is forbidden, and nothing was kept; or the server is away, and the copies wait where they are.
  }
  return outcome
}
