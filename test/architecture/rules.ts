import type { Import } from './sources.ts'

/** The rule that an import breaks, in words; null when it breaks none. */
type Rule = (imported: Import) => string | null

const isIn = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

const isPackage = (name: string, ...packages: string[]): boolean => isIn(name, ...packages)

const inProject = (path: string): boolean => isIn(path, 'app', 'server', 'whiteboard')

/** Folders of the engine, and what else of it each may import. */
const engineLayers: Readonly<Record<string, readonly string[]>> = {
  geometry: [],
  model: ['geometry'],
  tools: ['geometry', 'model'],
  render: ['geometry', 'model'],
  formats: ['geometry', 'model'],
  collab: ['geometry', 'model'],
  elements: ['geometry', 'model', 'tools', 'render', 'formats', 'collab'],
  editor: [
    'geometry',
    'model',
    'tools',
    'render',
    'formats',
    'collab',
    'elements',
    'editor-types.ts',
    'scripting.ts',
  ],
}

const engineLayer: Rule = ({ from, to }) => {
  const [, layer = ''] = /^whiteboard\/([^/]+)\//.exec(from) ?? []
  const below = engineLayers[layer]
  if (!below || !isIn(to, 'whiteboard')) return null
  const allowed = [layer, ...below].map((name) => `whiteboard/${name}`)
  return isIn(to, ...allowed)
    ? null
    : `whiteboard/${layer} may import only ${allowed.join(', ')} of the engine (geometry <- model <- tools, render, formats, collab <- elements <- editor)`
}

const elementOf = (path: string): string | null => /^whiteboard\/elements\/([^/]+)\//.exec(path)?.[1] ?? null

/** What several element types have in common stands in `elements/shared`, which knows none of them. */
const oneElement: Rule = ({ from, to }) => {
  const [own, other] = [elementOf(from), elementOf(to)]
  if (!own || !other || own === other || other === 'shared') return null
  return 'an element type never imports another'
}

const engineStandsAlone: Rule = ({ from, to }) => {
  if (!isIn(from, 'whiteboard')) return null
  const foreign =
    isPackage(to, 'react', 'react-dom', 'next', 'next-auth') ||
    to.startsWith('node:') ||
    isIn(to, 'server', 'app')
  return foreign ? 'the engine knows no React, no Next, no Node and nothing outside whiteboard/' : null
}

/** What of the engine each part of the server may look at, and which of its files may look at more. */
const boardsSeeOfEngine = [
  'whiteboard/model',
  'whiteboard/formats',
  'whiteboard/geometry',
  'whiteboard/collab/protocol.ts',
  'whiteboard/collab/identity.ts',
]
const serverSeesOfEngine: Readonly<Record<string, readonly string[]>> = {
  'server/sync': boardsSeeOfEngine,
  'server/boards': boardsSeeOfEngine,
  'server/assets': ['whiteboard/formats/images'],
}
const serverExceptions: Readonly<Record<string, readonly string[]>> = {
  'server/boards/picture.ts': ['whiteboard/elements'],
}

const serverAndEngine: Rule = ({ from, to }) => {
  if (!isIn(from, 'server') || !isIn(to, 'whiteboard')) return null
  const [part, allowed] = Object.entries(serverSeesOfEngine).find(([folder]) => isIn(from, folder)) ?? []
  if (!part || !allowed) return `only ${Object.keys(serverSeesOfEngine).join(', ')} know the engine`
  return isIn(to, ...allowed, ...(serverExceptions[from] ?? []))
    ? null
    : `of the engine ${part} knows only ${allowed.join(', ')}`
}

const nothingImportsApp: Rule = ({ from, to }) =>
  isIn(to, 'app') && !isIn(from, 'app') ? 'nothing imports app/' : null

const appAndEngine: Rule = ({ from, to }) =>
  isIn(from, 'app') && isIn(to, 'whiteboard') && to !== 'whiteboard/index.ts'
    ? 'of the engine app/ imports only whiteboard/index.ts'
    : null

const onlyStoreKnowsPrisma: Rule = ({ from, to }) => {
  const knows =
    isPackage(to, '@prisma', '@auth/prisma-adapter', 'better-sqlite3', 'pg') || /\/generated\//.test(to)
  return knows && !isIn(from, 'server/store') ? 'only server/store knows the database and Prisma' : null
}

const onlyMainKnowsNext: Rule = ({ from, to }) =>
  isPackage(to, 'next') && isIn(from, 'server') && !isIn(from, 'server/http/pages.ts', 'server/auth')
    ? 'of the server only server/http/pages.ts and server/auth know Next'
    : null

const extensions: Rule = ({ to }) =>
  inProject(to) && !/\.(tsx?|css|json)$/.test(to) ? 'relative imports carry their extension' : null

export const rules: readonly Rule[] = [
  engineLayer,
  oneElement,
  engineStandsAlone,
  serverAndEngine,
  nothingImportsApp,
  appAndEngine,
  onlyStoreKnowsPrisma,
  onlyMainKnowsNext,
  extensions,
]

/** One line for each rule that the import breaks. */
export const violations = (imported: Import): string[] =>
  rules
    .map((rule) => rule(imported))
    .filter((broken) => broken !== null)
    .map((broken) => `${imported.from} imports ${imported.to}: ${broken}`)
