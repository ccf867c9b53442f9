import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** A step failed and has said why: the process ends without more words. */
export class StepFailed extends Error {}

/**
 * Runs a program in the project's folder and resolves with its exit code.
 * @param options.quiet keeps the output to itself unless the program fails
 */
export const run = (command, args, { env = {}, quiet = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // npm is a script on Windows, which only a shell can start.
      shell: process.platform === 'win32' && command === 'npm',
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      resolve(signal ? 1 : code)
    })
  })

/** As `run`, quietly, and failing when the program does. */
export const must = async (command, args, options) => {
  const code = await run(command, args, { quiet: true, ...options })
  if (code !== 0) throw new StepFailed(`${command} ${args.join(' ')} ended with ${code}`)
}

/** Runs one of the installed packages' programs, given by its file. */
export const mustNode = (file, args, options) => must(process.execPath, [join(root, file), ...args], options)

/** Says what is being done, does it, and says how long it took. */
export const step = async (title, work) => {
  const startedAt = performance.now()
  process.stdout.write(`${title} ...`)
  try {
    const result = await work()
    process.stdout.write(` ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
    return result
  } catch (error) {
    process.stdout.write(' failed\n')
    throw error
  }
}

/** Runs a script's main function; a failed step has spoken already, anything else is shown whole. */
export const main = async (work) => {
  try {
    await work()
  } catch (error) {
    if (error instanceof StepFailed) console.error(error.message)
    else console.error(error)
    process.exitCode = 1
  }
}
