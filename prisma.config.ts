import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

/**
 * For Prisma's own command line. There is one set of models and a folder for each database; which one is meant says
 * DATABASE_URL. The models are copied beside the datasource, because Prisma reads one folder (and links do not survive
 * every checkout).
 */
const root = dirname(fileURLToPath(import.meta.url))
const url = process.env.DATABASE_URL || 'file:./data/drawbridge.db'
const provider = /^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite'
const folder = join(root, 'prisma', provider)
copyFileSync(join(root, 'prisma', 'models.prisma'), join(folder, 'models.prisma'))

// `generate` asks for a schema engine that it never runs: any existing file will do, nothing need be downloaded.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: folder,
  migrations: { path: join(folder, 'migrations') },
  datasource: { url },
})
