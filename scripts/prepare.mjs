/**
 * Does what is missing before the server, the tests or the tools can run, and nothing twice:
 *
 *     node scripts/prepare.mjs install | generate | build
 *
 * Each step includes those before it. Uses nothing but Node, as nothing else may be installed yet.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertNodeVersion } from './node-version.mjs'
import { main, must, mustNode, root, step } from './run.mjs'
import { hashOf, once, readStamp, writeStamp } from './stamps.mjs'

const packagesOf = (lockfile) => {
  const path = join(root, lockfile)
  if (!existsSync(path)) return null
  return Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages).filter(([name]) => name !== '')
}

/** Whether node_modules holds what package-lock.json names: somebody has installed by hand. */
const isInstalled = () => {
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf('node_modules/.package-lock.json')
  if (!wanted || !installed) return false
  const versions = new Map(installed.map(([name, { version }]) => [name, version]))
  return wanted.every(
    ([name, { version, optional, devOptional }]) =>
      versions.get(name) === version || (!versions.has(name) && (optional || devOptional)),
  )
}

const install = async () => {
  // Compiled modules belong to one version of Node on one kind of machine.
  const machine = [process.platform, process.arch, process.versions.modules].join('-')
  const hash = hashOf(['package-lock.json'])
  const [installedHash, installedMachine] = readStamp('install')?.split(' ') ?? []
  if (installedHash === hash && installedMachine === machine) return
  const foreign = installedMachine !== undefined && installedMachine !== machine
  if (foreign || !isInstalled()) {
    // NODE_ENV=production would leave out what the build needs.
    await step('Installing packages', () => must('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']))
  }
  writeStamp('install', `${hash} ${machine}`)
}

const providers = {
  sqlite: 'file:./unused.db',
  postgresql: 'postgresql://unused',
}

const generate = () => {
  const inputs = ['package-lock.json', 'prisma.config.ts', 'prisma/models.prisma']
  const datasources = Object.keys(providers).map((provider) => `prisma/${provider}/datasource.prisma`)
  const outputs = Object.keys(providers).map((provider) => `server/store/generated/${provider}/client.ts`)
  return once('generate', hashOf([...inputs, ...datasources]), outputs, () =>
    step('Generating the database clients', () =>
      Promise.all(
        Object.values(providers).map((url) =>
          mustNode('node_modules/prisma/build/index.js', ['generate'], { env: { DATABASE_URL: url } }),
        ),
      ),
    ),
  )
}

const sources = ['app', 'server', 'whiteboard', 'public', 'prisma/models.prisma', 'scripts/bundle-server.mjs']
const settings = [
  'package.json',
  'package-lock.json',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
]

const build = () =>
  once('build', hashOf([...sources, ...settings]), ['.next/BUILD_ID', 'build/server/main.js'], async () => {
    const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    await step('Building the server', () => mustNode('scripts/bundle-server.mjs', [], { env }))
    await step('Building the pages', () => mustNode('node_modules/next/dist/bin/next', ['build'], { env }))
  })

const steps = [
  ['install', install],
  ['generate', generate],
  ['build', build],
]

/** @param last the step to end with */
export const prepare = async (last) => {
  assertNodeVersion()
  for (const [name, work] of steps) {
    await work()
    if (name === last) return
  }
}

if (process.argv[1] === import.meta.filename) {
  const [last = 'build'] = process.argv.slice(2)
  await main(() => prepare(last))
}
