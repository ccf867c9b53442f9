import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { SetupError } from './setup-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (environment: Record<string, string> = {}) => readConfig({ DATA_DIR: folder, ...environment })

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    expect(read()).toMatchObject({
      development: false,
      port: 3000,
      host: null,
      database: { provider: 'sqlite', path: join(folder, 'drawbridge.db') },
      publicUrl: null,
      role: 'all',
      trustProxy: false,
      recoveryWindow: false,
      logLevel: 'info',
      github: null,
      oidc: null,
      email: null,
    })
  })

  it('makes a secret at the first start, for nobody else to read, and keeps it', () => {
    const { secret } = read()
    expect(secret.length).toBeGreaterThanOrEqual(43)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(read().secret).toBe(secret)
    expect(readFileSync(join(folder, 'secret'), 'utf8').trim()).toBe(secret)
  })

  it('gives up on a folder that cannot be made', () => {
    expect(() => read({ DATA_DIR: '/proc/drawbridge/data' })).toThrow(
      /DATA_DIR must be a folder that this user/,
    )
    expect(() => read({ DATA_DIR: '/dev/null/data' })).toThrow(/DATA_DIR must be a folder that this user/)
  })

  it('does not replace a secret that was cut short', () => {
    writeFileSync(join(folder, 'secret'), 'short')
    expect(() => read()).toThrow(SetupError)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short')
  })

  it('reads the database from its address', () => {
    expect(read({ DATABASE_URL: 'postgres://me:pw@db:5432/draw' }).database).toEqual({
      provider: 'postgresql',
      url: 'postgres://me:pw@db:5432/draw',
    })
    expect(read({ DATABASE_URL: 'file:/srv/draw.db' }).database).toEqual({
      provider: 'sqlite',
      path: '/srv/draw.db',
    })
    expect(read({ DATABASE_URL: 'file:///srv/a%20b.db' }).database).toEqual({
      provider: 'sqlite',
      path: '/srv/a b.db',
    })
  })

  it('knows what a node of several does, and where it meets the others', () => {
    const nodes = { DATABASE_URL: 'postgres://db/draw', REDIS_URL: 'rediss://me:pw@redis:6380' }
    expect(() => read(nodes)).toThrow(/^AUTH_SECRET must be set where REDIS_URL is/)
    const several = { ...nodes, AUTH_SECRET: 'a secret that all of the nodes have' }
    expect(read(several)).toMatchObject({ role: 'all', redisUrl: several.REDIS_URL })
    expect(read({ ...several, ROLE: 'sync' }).role).toBe('sync')
  })

  it('treats an empty setting as not given, and takes the slash off PUBLIC_URL', () => {
    expect(read({ PORT: '', PUBLIC_URL: '' })).toMatchObject({ port: 3000, publicUrl: null })
    expect(read({ PUBLIC_URL: 'https://Draw.example.org/' }).publicUrl).toBe('https://draw.example.org')
  })

  it('offers a way to sign in when all of its settings are given', () => {
    expect(read({ GITHUB_ID: 'a', GITHUB_SECRET: 'b' }).github).toEqual({ clientId: 'a', clientSecret: 'b' })
    expect(() => read({ GITHUB_ID: 'a' })).toThrow(/^GITHUB_SECRET must be set too/)
    expect(
      read({ OIDC_ISSUER: 'https://id.example.org', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }).oidc,
    ).toEqual({ issuer: 'https://id.example.org', clientId: 'a', clientSecret: 'b', name: 'Single sign-on' })
    expect(() => read({ SMTP_URL: 'smtp://mail' })).toThrow(/^EMAIL_FROM must be set too/)
  })

  it.each([
    ['PORT', 'http', 'PORT must be a whole number from 0 to 65535, not "http".'],
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535, not "70000".'],
    ['HOST', 'http://x', 'HOST must be'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must start with file:'],
    ['PUBLIC_URL', 'draw.example.org', 'PUBLIC_URL must be the address of the site'],
    ['PUBLIC_URL', 'https://draw.example.org/app', 'PUBLIC_URL must be the address of the site'],
    ['AUTH_SECRET', 'hunter2', 'AUTH_SECRET must have at least 32 characters.'],
    ['ROLE', 'none', 'ROLE must be one of all, web, sync, not "none".'],
    ['ROLE', 'web', 'ROLE=web does a part of the work only, and reaches the other nodes through Redis'],
    ['REDIS_URL', 'redis', 'REDIS_URL must be an address like redis://host:6379'],
    ['REDIS_URL', 'redis://localhost', 'REDIS_URL is for several nodes, which need PostgreSQL'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be one of true, false, not "yes".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of'],
    ['OIDC_ISSUER', 'id', 'OIDC_ISSUER must be an http or https address'],
    ['SMTP_URL', 'mail', 'SMTP_URL must start with smtp://'],
  ])('refuses %s=%s with one sentence', (name, value, sentence) => {
    const refusal = expect(() => read({ [name]: value }))
    refusal.toThrow(SetupError)
    refusal.toThrow(sentence)
  })

  it('does not repeat confidential settings in its messages', () => {
    expect(() => read({ DATABASE_URL: 'mysql://me:hunter2@db/x' })).toThrow(/^((?!hunter2).)*$/)
    expect(() => read({ REDIS_URL: 'http://me:hunter2@redis' })).toThrow(/^((?!hunter2).)*$/)
  })
})
