/** `npm run dev`: the server from its sources; it starts again when they change, and pages reload by themselves. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './run.mjs'

const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
const child = spawn(
  process.execPath,
  [tsx, 'watch', '--clear-screen=false', '--exclude', '.next/**', 'server/main.ts'],
  {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: 'inherit',
  },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
