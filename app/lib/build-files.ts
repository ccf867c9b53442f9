import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runtime } from '../../server/runtime.ts'

/** What the browser needs of this build to work without the server. */
export interface BuildFiles {
  readonly build: string
  /** Addresses without the origin. */
  readonly files: readonly string[]
}

const folder = (): string => join(/* turbopackIgnore: true */ runtime().root, '.next')

let known: string | null | undefined

/** The name of the running build; null in development, which has none. */
export const buildName = (): string | null => {
  if (known !== undefined) return known
  const path = join(/* turbopackIgnore: true */ folder(), 'BUILD_ID')
  const isBuilt = !runtime().config.development && existsSync(path)
  known = isBuilt ? readFileSync(path, 'utf8').trim() : null
  return known
}

/** Scripts and styles all, also those that are loaded on demand; of the fonts those that nearly everybody needs. */
const isNeeded = (path: string): boolean => /\.(js|css)$/.test(path) || /-latin-\d+-.*\.woff2$/.test(path)

/** Null in development. */
export const listBuildFiles = async (): Promise<BuildFiles | null> => {
  const build = buildName()
  if (!build) return null
  const files = await readdir(join(/* turbopackIgnore: true */ folder(), 'static'), { recursive: true })
  const addresses = files.filter(isNeeded).map((path) => `/_next/static/${path.replaceAll('\\', '/')}`)
  return { build, files: addresses }
}
