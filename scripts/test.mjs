/** `npm test`: all tests, from a clone with nothing installed to one line that sums them up. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { main, root, run } from './run.mjs'
import { installSystemPackages } from './system-packages.mjs'

const results = join(root, 'test-results')

const readReport = (name) => {
  const path = join(results, name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/** A run that failed without a failed test (a file that does not load, say) counts as one failure. */
const honest = (counts, code) => ({
  ...counts,
  failed: code === 0 ? counts.failed : Math.max(counts.failed, 1),
})

const none = { passed: 0, failed: 0, skipped: 0 }

const runUnitTests = async () => {
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=test-results/unit.json']
  const code = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters])
  const report = readReport('unit.json')
  if (!report) return honest(none, 1)
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  return honest(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    code,
  )
}

const runEndToEndTests = async () => {
  const code = await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'])
  const report = readReport('end-to-end.json')
  if (!report) return honest(none, 1)
  const { expected, unexpected, flaky, skipped } = report.stats
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, code)
}

await main(async () => {
  await prepare('install')
  await installSystemPackages()
  await prepare('build')
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results)
  const suites = [await runUnitTests(), await runEndToEndTests()]
  const sum = (field) => suites.reduce((total, counts) => total + counts[field], 0)
  if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
})
