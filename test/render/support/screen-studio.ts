import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { BrowserPage, bundledFonts } from './browser-page.ts'
import type { Likeness } from './likeness.ts'
import type { inPage } from './screen-page.ts'

export type ScreenPage = BrowserPage<typeof inPage>

const results = join(import.meta.dirname, '..', '..', '..', 'test-results', 'render')

/** A browser in which the real renderer draws boards. */
export const openScreenPage = async ({ ratio = 1, fonts = true } = {}): Promise<ScreenPage> => {
  const entry = join(import.meta.dirname, 'screen-page.ts')
  const page = await BrowserPage.open<typeof inPage>(entry, { ratio })
  if (fonts) await page.call('addFonts', bundledFonts())
  return page
}

/** Writes a picture where it can be looked at. */
export const keepPicture = (name: string, picture: string): string => {
  mkdirSync(results, { recursive: true })
  const file = join(results, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`)
  writeFileSync(file, Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64'))
  return file
}

/** Leaves both pictures and their difference behind, to be looked at, when they are too far apart. */
export const expectAlike = (name: string, { picture, ...numbers }: Likeness): void => {
  const seen =
    picture === null ? 'alike' : `look at ${keepPicture(name, picture)}: ${JSON.stringify(numbers)}`
  expect(seen, name).toBe('alike')
}
