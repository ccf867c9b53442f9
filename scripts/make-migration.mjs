/**
 * Writes the SQL that leads from the last migration's models to today's, for both databases, without a database:
 *
 *     node scripts/make-migration.mjs add-comments
 *     node scripts/make-migration.mjs --check        (exit 1 when models and migrations differ)
 *
 * Beside each database's migrations, `migrated-schema.txt` keeps the models as they were after the newest of them. Read the
 * SQL before you commit it: renamed columns come out as dropped and added ones.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

const root = join(import.meta.dirname, '..')
const providers = ['sqlite', 'postgresql']

/** The schema engine, compiled to WebAssembly. Loaded once: a second instance in one process panics. */
const loadEngine = async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bindings = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      throw new Error(`The schema engine panicked: ${message}`)
    },
  }
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine
}

/** The engine wants a connection, though comparing two schema texts needs none: this one answers with nothing. */
const factoryFor = (provider) => {
  const identity = { provider: provider === 'postgresql' ? 'postgres' : provider, adapterName: 'none' }
  const nothing = () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] })
  const connection = {
    ...identity,
    queryRaw: nothing,
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: () => Promise.reject(new Error('A migration is made without a database')),
    getConnectionInfo: () => ({ supportsRelationJoins: false }),
    dispose: () => Promise.resolve(),
  }
  const connect = () => Promise.resolve(connection)
  return bindMigrationAwareSqlAdapterFactory({ ...identity, connect, connectToShadowDb: connect })
}

const read = (path) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n')

const schemaText = (provider) =>
  `${read(join(root, 'prisma', provider, 'datasource.prisma'))}\n${read(join(root, 'prisma', 'models.prisma'))}`

const side = (path, content) =>
  content === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path, content }] }

const differenceFor = async (SchemaEngine, provider) => {
  const folder = join(root, 'prisma', provider, 'migrations')
  const keptPath = join(folder, 'migrated-schema.txt')
  const before = existsSync(keptPath) ? read(keptPath) : null
  const after = schemaText(provider)
  const datamodels = [['schema.prisma', after]]
  const engine = await SchemaEngine.new({ datamodels }, () => {}, factoryFor(provider))
  const { exitCode, stdout } = await engine.diff({
    from: side('schema.prisma', before),
    to: side('schema.prisma', after),
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return { folder, keptPath, after, sql: exitCode === 0 ? null : stdout }
}

const write = (provider, name, difference) => {
  const { folder, keptPath, after, sql } = difference
  if (sql === null) return console.log(`${provider}: nothing to migrate`)
  const path = join(folder, name, 'migration.sql')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${sql.trimEnd()}\n`)
  writeFileSync(keptPath, after)
  writeFileSync(
    join(folder, 'migration_lock.toml'),
    `# Prisma reads here which database these migrations are for.\nprovider = "${provider}"\n`,
  )
  console.log(`${provider}: ${path}`)
}

const [argument] = process.argv.slice(2)
const checking = argument === '--check'
if (!checking && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(argument ?? '')) {
  console.error('Usage: node scripts/make-migration.mjs <what-it-does> | --check')
  process.exit(2)
}

const SchemaEngine = await loadEngine()
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
for (const provider of providers) {
  const difference = await differenceFor(SchemaEngine, provider)
  if (!checking) write(provider, `${stamp}_${argument.replaceAll('-', '_')}`, difference)
  else if (difference.sql !== null) {
    console.error(
      `The ${provider} migrations do not lead to prisma/models.prisma; make one. Missing:\n${difference.sql}`,
    )
    process.exitCode = 1
  }
}
