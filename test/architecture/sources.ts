import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** One import of one file. */
export interface Import {
  /** Path of the importing file in the project. */
  readonly from: string
  /** Path of the imported file in the project (as written, with its extension), or the name of a package. */
  readonly to: string
}

const comments = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/[^\n]*/g
const specifiers = [
  // import ... from 'x', export ... from 'x', with and without `type`
  /(?:^|[\s;}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
  // import 'x'
  /(?:^|[\s;}])import\s*['"]([^'"]+)['"]/g,
  // import('x'), also in types, and require('x')
  /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g,
]

/** What a file's text imports, resolved: types and dynamic imports too. */
export const importsIn = (from: string, text: string): Import[] => {
  const code = text.replace(comments, '')
  return specifiers
    .flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''))
    .map((specifier) => ({
      from,
      to: specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier,
    }))
}

const skipped = new Set(['node_modules', 'generated'])

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })

const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path) || path.startsWith('test/')

/** The product's source files; tests may look anywhere. */
export const sourceFiles = (): string[] =>
  ['app', 'server', 'whiteboard'].flatMap(filesIn).filter((path) => !isTest(path))

/** Tests, and what they share: contract suites quote rules too. */
export const testFiles = (): string[] =>
  ['app', 'server', 'whiteboard', 'test', 'scripts'].flatMap(filesIn).filter(isTest)

export const readSource = (path: string): string => readFileSync(join(root, path), 'utf8')

/** What stands in quotes on one line: titles of tests are among it, comments are not. */
export const quotesIn = (text: string): string =>
  [...text.matchAll(/(['"`])((?:(?!\1)[^\n])+)\1/g)].map(([, , quote]) => quote).join('\n')
