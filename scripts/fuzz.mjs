/**
 * `npm run fuzz -- --seeds 5000`: the fuzz tests with so many new seeds; `--seed 7` repeats one of them. `npm run simulate`
 * does the same with the simulation.
 */
import { main, run } from './run.mjs'

const option = (name, fallback) => {
  const at = process.argv.indexOf(name)
  return at === -1 ? fallback : process.argv[at + 1]
}

await main(async () => {
  const seed = option('--seed', null)
  if (seed) process.env.FUZZ_SEED = seed
  else process.env.FUZZ_SEEDS = option('--seeds', '1000')
  const files = process.argv.includes('--simulation')
    ? ['test/simulation/simulation.test.ts']
    : ['test/fuzz', 'whiteboard/model/convergence.test.ts']
  const code = await run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--bail=5',
    ...files,
  ])
  process.exitCode = code
})
