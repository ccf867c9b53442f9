import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

const ignored = /(^|\/)(node_modules|generated)$|\.(test\.tsx?|md)$/

/** All files under the given files and folders, sorted; tests and texts, which end up in no build, left out. */
const filesUnder = (paths) =>
  paths.flatMap((path) => {
    const absolute = join(root, path)
    if (ignored.test(path) || !existsSync(absolute)) return []
    if (!statSync(absolute).isDirectory()) return [path]
    return filesUnder(
      readdirSync(absolute)
        .sort()
        .map((name) => `${path}/${name}`),
    )
  })

/** A hash of the names and contents of all files under `paths`, and of `extra`. */
export const hashOf = (paths, ...extra) => {
  const hash = createHash('sha256')
  for (const path of filesUnder(paths)) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.update(extra.join('\0')).digest('hex')
}

// Inside node_modules: a new installation forgets what was done with the old one.
const stampPath = (name) => join(root, 'node_modules', '.cache', 'drawbridge', name)

export const readStamp = (name) =>
  existsSync(stampPath(name)) ? readFileSync(stampPath(name), 'utf8') : null

export const writeStamp = (name, value) => {
  mkdirSync(dirname(stampPath(name)), { recursive: true })
  writeFileSync(stampPath(name), value)
}

/** Does the work unless it was done for the same hash before and what it made is still there. */
export const once = async (name, hash, outputs, work) => {
  const made = outputs.every((path) => existsSync(join(root, path)))
  if (made && readStamp(name) === hash) return false
  rmSync(stampPath(name), { force: true })
  await work()
  writeStamp(name, hash)
  return true
}
