/** What the tests need from outside npm: a browser, and the servers that they start themselves. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { must, StepFailed, step } from './run.mjs'

const needed = [
  {
    package: 'chromium',
    present: () => existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'),
  },
  {
    package: 'postgresql',
    present: () => {
      const base = '/usr/lib/postgresql'
      return (
        existsSync(base) && readdirSync(base).some((version) => existsSync(`${base}/${version}/bin/initdb`))
      )
    },
  },
  {
    package: 'redis-server',
    present: () => existsSync('/usr/bin/redis-server'),
  },
  {
    package: 'nginx',
    present: () => existsSync('/usr/sbin/nginx'),
  },
]

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** What goes before apt-get to be allowed to install; null when it cannot be. */
const privilege = () => {
  if (!succeeds('apt-get', ['--version'])) return null
  if (process.getuid?.() === 0) return []
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null
}

const missingPackages = () => needed.filter(({ present }) => !present()).map((entry) => entry.package)

const adviceFor = (missing) =>
  `The tests need ${missing.join(' and ')}: run "apt-get install ${missing.join(' ')}" as root.`

/** Installs what is missing from Debian's packages. @throws StepFailed with what to install where it may not */
export const installSystemPackages = async () => {
  const missing = missingPackages()
  if (missing.length === 0) return
  const prefix = privilege()
  if (!prefix) throw new StepFailed(adviceFor(missing))
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return must(command, rest, { env })
  }
  await step(`Installing ${missing.join(' and ')}`, async () => {
    await aptGet('update')
    await aptGet('install', '-y', '--no-install-recommends', ...missing)
  })
  const stillMissing = missingPackages()
  if (stillMissing.length > 0) throw new StepFailed(adviceFor(stillMissing))
}
