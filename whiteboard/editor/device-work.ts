/** Fetched when it is wanted: it is for signing in and out, and no board needs it. */
const moving = () => import('./moving-device-work.ts')

/**
 * A guest has become part of an account: what this device keeps of their boards is the account's, copies and pictures that
 * were never sent alike. It may be done again and again.
 */
export const moveDeviceWork = async (from: string, to: string): Promise<void> =>
  (await moving()).moveDeviceWork(from, to)

/** Forgets all that this device keeps of somebody's boards. */
export const forgetDeviceWork = async (person: string): Promise<void> =>
  (await moving()).forgetDeviceWork(person)
