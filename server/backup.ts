import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from './config.ts'
import { SetupError } from './setup-error.ts'
import { copySqlite } from './store/copy-sqlite.ts'

/** What a backup is made of. */
export type BackedUp = Pick<Config, 'database' | 'dataDir' | 'secret'>

/** Pictures after the database: their bytes are there before their rows, and stay longer. */
const copyPictures = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, filter: (path) => path !== join(from, 'incoming') }).catch(
    (error: NodeJS.ErrnoException) => {
      // Nobody has brought a picture yet.
      if (error.code !== 'ENOENT') throw error
    },
  )

/**
 * Makes the folder `target`, which a server can use as its data folder: all that is saved now, its pictures and its secret.
 * The server may run meanwhile, and holds nobody up. A backup that fails leaves nothing behind.
 *
 * @throws SetupError
 */
export const backUp = async ({ database, dataDir, secret }: BackedUp, target: string): Promise<void> => {
  if (database.provider !== 'sqlite') {
    throw new SetupError(
      'PostgreSQL is backed up with pg_dump, and DATA_DIR by copying it: see deploy/RUNBOOK.md.',
    )
  }
  const folder = resolve(target)
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  try {
    await copySqlite(database.path, join(unfinished, 'drawbridge.db'))
    await copyPictures(join(dataDir, 'assets'), join(unfinished, 'assets'))
    await writeFile(join(unfinished, 'secret'), `${secret}\n`, { mode: 0o600 })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw explain(error, folder)
  }
}

const explain = (error: unknown, folder: string): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') {
    return new SetupError(`${folder} is there already: give a backup a new name.`, { cause: error })
  }
  return error
}
