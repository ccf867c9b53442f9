/** `npm run test:kill -- --times 5000`: kills servers so many times; `--seed 7` begins with that seed. */
import { main, run } from './run.mjs'

const option = (name, fallback) => {
  const at = process.argv.indexOf(name)
  return at === -1 ? fallback : process.argv[at + 1]
}

await main(async () => {
  const env = { KILL_TIMES: option('--times', '1000'), KILL_SEED: option('--seed', '1') }
  const vitest = 'node_modules/vitest/vitest.mjs'
  process.exitCode = await run(process.execPath, [vitest, 'run', 'test/integration/kill.test.ts'], { env })
})
