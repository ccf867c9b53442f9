/** `npm run backup -- FOLDER`: see `backup.ts`. */
import { backUp } from './backup.ts'
import { loadConfig } from './config.ts'
import { SetupError } from './setup-error.ts'

const run = async (): Promise<void> => {
  const [target] = process.argv.slice(2)
  if (!target) throw new SetupError('Say where the backup goes: npm run backup -- FOLDER')
  await backUp(loadConfig(), target)
  console.log(
    `All that is saved is in ${target}. To restore it, start a server with DATA_DIR=${target} (or a copy of it).`,
  )
}

run().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error)
  process.exit(1)
})
