import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupError } from './setup-error.ts'

/**
 * The project's folder, above this file: whether it runs from the sources or from the built server.
 * @throws SetupError
 */
export const findRoot = (): string => {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'prisma', 'models.prisma'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new SetupError('The folder prisma/ with the database migrations is missing.')
    folder = parent
  }
  return folder
}
