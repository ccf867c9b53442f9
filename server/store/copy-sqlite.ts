import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { SetupError } from '../setup-error.ts'

/**
 * Copies one moment of a database into a new file, while others go on writing to it; whatever was committed before is in it.
 *
 * @throws SetupError
 */
export const copySqlite = async (from: string, to: string): Promise<void> => {
  if (!existsSync(from)) throw new SetupError(`There is no database ${from}.`)
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
  const copy = new Database(to, { readonly: true })
  const found = copy.pragma('integrity_check', { simple: true })
  copy.close()
  if (found !== 'ok') throw new SetupError(`The database ${from} is damaged, and so is its copy: ${found}`)
  const file = await open(to, 'r')
  await file.sync()
  await file.close()
}
