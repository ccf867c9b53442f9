import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataUrl } from './browser-page.ts'
import type { Scene } from './scenes.ts'

/** The folder in which each case has its own. */
export const casesFolder = join(import.meta.dirname, '..')

interface StoredScene {
  readonly elements: readonly unknown[]
  /** Files in the case's folder that elements show, by asset. */
  readonly pictures?: Readonly<Record<string, string>>
  /** The board's paper; the theme's own without one. */
  readonly paper?: string
}

export const cases: readonly string[] = readdirSync(casesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(casesFolder, entry.name, 'scene.json')))
  .map((entry) => entry.name)

export const readCase = (name: string): Scene => {
  const stored = readFileSync(join(casesFolder, name, 'scene.json'), 'utf8')
  const { elements, pictures = {}, paper = null } = JSON.parse(stored) as StoredScene
  const files = Object.entries(pictures).map(([asset, file]) => [
    asset,
    dataUrl(join(casesFolder, name, file), 'image/png'),
  ])
  return { elements, pictures: Object.fromEntries(files) as Record<string, string>, paper }
}
