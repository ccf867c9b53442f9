/** Bundles the server's own modules into build/server; packages stay where they are installed. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './run.mjs'

rmSync(join(root, 'build', 'server'), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: ['server/main.ts', 'server/backup-command.ts', 'server/boards/picture-worker.ts'],
  outdir: 'build/server',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  splitting: true,
  sourcemap: true,
  logLevel: 'warning',
})
