import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundleFolder, peersFolder, root } from './servers.ts'

/** Our server as `npm start` would run it, and the load process: bundled, packages left where they are installed. */
export const bundle = async (): Promise<void> => {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/sync/ours.ts', 'test/bench/sync/load.ts'],
    outdir: bundleFolder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

const packagesIn = (path: string): [string, { version?: string; optional?: boolean }][] =>
  existsSync(path) ? Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages) : []

/** Installs the peers that their lockfile names, unless they are there. */
export const installPeers = (): void => {
  const installed = new Map(
    packagesIn(join(peersFolder, 'node_modules', '.package-lock.json')).map(([name, { version }]) => [
      name,
      version,
    ]),
  )
  const wanted = packagesIn(join(peersFolder, 'package-lock.json')).filter(([name]) => name !== '')
  if (wanted.every(([name, { version, optional }]) => optional || installed.get(name) === version)) return
  console.log('Installing the servers to compare with ...')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peersFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
}

/** Versions of the peers, as installed. */
export const peerVersion = (name: string): string => {
  const path = join(peersFolder, 'node_modules', name, 'package.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : 'not installed'
}
