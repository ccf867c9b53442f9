import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** For the owner only: a database and a secret are to be in it. */
const mode = 0o700

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

/**
 * Makes a folder and those above it, unless it is there. Node's own way to do so never ends where a file system takes no
 * folders (`/proc`).
 */
export const makeFolder = (path: string): void => {
  const above = dirname(path)
  if (above !== path && !existsSync(above)) makeFolder(above)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && statSync(path).isDirectory()
    if (!isThere) throw error
  }
}
