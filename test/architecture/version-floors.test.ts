import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

type Version = readonly [number, number, number]

/** The oldest releases without a hole that is known and matters here. Installed below them, in any place, is refused. */
const floors: Readonly<Record<string, readonly Version[]>> = {
  // Denial of service by Server Actions 16.4.1, and earlier: middleware bypasses, request forgery, remote execution.
  next: [[16, 4, 5]],
  // The auth check failed open on a configuration error.
  'next-auth': [[4, 24, 15]],
  // Mail to another address than was checked.
  nodemailer: [[7, 0, 7]],
  // A client that pings and never reads took the memory; fragments and headers before that.
  ws: [[8, 23, 0]],
  // Image decoders.
  sharp: [[0, 35, 5]],
  dompurify: [[3, 4, 18]],
  // Memory exhaustion by small inputs.
  zod: [[4, 6, 7]],
  // Brings SQLite 3.53.2; before 3.51.3 a race can corrupt a database in WAL mode.
  'better-sqlite3': [[12, 11, 1]],
}

const parse = (version: string): Version => {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number)
  return [major, minor, patch]
}

const isBelow = (version: Version, floor: Version): boolean => {
  const place = version.findIndex((part, index) => part !== floor[index])
  return place >= 0 && (version[place] ?? 0) < (floor[place] ?? 0)
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

const tooOld = ({ packages }: Lockfile): string[] =>
  Object.entries(packages).flatMap(([path, { version = '' }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const known = path.includes('node_modules/') ? (floors[name] ?? []) : []
    return known
      .filter((floor) => isBelow(parse(version), floor))
      .map((floor) => `${path} is ${version}, older than ${floor.join('.')}`)
  })

describe('version floors', () => {
  it('are kept by everything in the lockfile', () => {
    const lockfile: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    expect(tooOld(lockfile).join('\n')).toBe('')
  })

  it('are noticed in nested places too', () => {
    const packages = {
      '': { version: '0.0.1' },
      'node_modules/ws': { version: '8.23.0' },
      'node_modules/x/node_modules/ws': { version: '8.22.9' },
      'node_modules/next': { version: '16.10.0' },
    }
    expect(tooOld({ packages })).toEqual(['node_modules/x/node_modules/ws is 8.22.9, older than 8.23.0'])
  })
})
