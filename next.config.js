import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Development is also looked at by its number.
  allowedDevOrigins: ['127.0.0.1'],
  // Pictures are people's own: nothing of ours decodes them, and /_next/image answers for none.
  images: { unoptimized: true },
  // A lockfile in a folder above must not be taken for the project's own.
  turbopack: {
    root,
    // A tenth of yjs, for warnings in colour.
    resolveAlias: { 'lib0/logging': { browser: './app/lib/quiet-logging.ts' } },
  },
  outputFileTracingRoot: root,
  // `npm run types` checks the types, in a fraction of the time that the build takes for it.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node itself: native modules, and modules that must exist once in the process.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-better-sqlite3',
    '@prisma/adapter-pg',
    '@prisma/client',
    'better-sqlite3',
    'lib0',
    'pg',
    'y-protocols',
    'yjs',
  ],
}

export default config
