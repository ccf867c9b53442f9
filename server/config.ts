import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { makeFolder } from './folders.ts'
import { readOrigin } from './http/origin.ts'
import { type LogLevel, logLevels } from './log.ts'
import { SetupError } from './setup-error.ts'
import type { DatabaseConfig } from './store/index.ts'

interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: string
}

const roles = ['all', 'web', 'sync'] as const

/** What a process does: `web` serves pages and the API and has no rooms, `sync` serves rooms only, `all` both. */
export type Role = (typeof roles)[number]

/** All settings, checked. Lists of them with their meaning: `.env.example`. */
export interface Config {
  /** Next with hot reload from the sources, instead of the built pages. */
  readonly development: boolean
  /** 0 takes a spare one. */
  readonly port: number
  /** The address to listen on; null for all of the machine's. */
  readonly host: string | null
  /** Absolute. */
  readonly dataDir: string
  readonly database: DatabaseConfig
  /** Where the nodes of an installation meet; null when there is only this one. */
  readonly redisUrl: string | null
  /** The origin under which people reach the site, without a slash at the end; null when it was not given. */
  readonly publicUrl: string | null
  /** Signs sessions, tickets and share links. */
  readonly secret: string
  /** Bytes of pictures on one board, and of all that one person brings. */
  readonly pictureQuota: { readonly board: number; readonly person: number }
  readonly role: Role
  /** Whether a proxy in front tells the truth in X-Forwarded headers. */
  readonly trustProxy: boolean
  /** After a loss of data: whoever still has a board may bring back what others wrote on it. */
  readonly recoveryWindow: boolean
  readonly logLevel: LogLevel
  /** What whoever reads the metrics has to show; null when only this machine and its network may, unasked. */
  readonly metricsToken: string | null
  readonly github: OAuthClient | null
  readonly google: OAuthClient | null
  readonly oidc: (OAuthClient & { readonly issuer: string; readonly name: string }) | null
  /** How sign-in links are mailed: an smtp:// address, and the sender. */
  readonly email: { readonly server: string; readonly from: string } | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** Settings that must not be repeated in messages. */
const confidential = /SECRET|TOKEN|DATABASE_URL|REDIS_URL|SMTP_URL/

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

const webAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

const MEGABYTE = 1024 * 1024

const megabytes = z
  .string()
  .regex(/^\d{1,7}$/, { error: 'must be a whole number of megabytes' })
  .transform((text) => Number(text) * MEGABYTE)

const schema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a whole number from 0 to 65535' })
    .transform(Number)
    .refine((port) => port <= 65535, { error: 'must be a whole number from 0 to 65535' })
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: 'must be a network address or host name to listen on, such as 127.0.0.1' })
    .optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/.)/, {
      error: 'must start with file: (SQLite) or postgres:// (PostgreSQL)',
    })
    .refine((url) => url.startsWith('file:') || URL.canParse(url), {
      error: 'must be an address like postgres://user:password@host:5432/database',
    })
    .optional(),
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:\/\/./.test(url) && URL.canParse(url), {
      error: 'must be an address like redis://host:6379 or rediss://user:password@host:6379',
    })
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine((text) => readOrigin(text) !== null, {
      error: 'must be the address of the site without a path, such as https://draw.example.org',
    })
    .transform((text) => readOrigin(text)?.origin)
    .optional(),
  AUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  BOARD_PICTURES_MB: megabytes.default(500 * MEGABYTE),
  PERSON_PICTURES_MB: megabytes.default(2000 * MEGABYTE),
  ROLE: oneOf(roles).default('all'),
  TRUST_PROXY: oneOf(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  RECOVERY_WINDOW: oneOf(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  GITHUB_ID: z.string().optional(),
  GITHUB_SECRET: z.string().optional(),
  GOOGLE_ID: z.string().optional(),
  GOOGLE_SECRET: z.string().optional(),
  OIDC_ISSUER: z.string().refine(webAddress, { error: 'must be an http or https address' }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./, { error: 'must start with smtp:// or smtps://' })
    .optional(),
  EMAIL_FROM: z.string().optional(),
})

type Settings = z.output<typeof schema>

/** These make sense only together. */
const groups = [
  ['GITHUB_ID', 'GITHUB_SECRET'],
  ['GOOGLE_ID', 'GOOGLE_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['SMTP_URL', 'EMAIL_FROM'],
] as const satisfies readonly (readonly (keyof Settings)[])[]

const assertWholeGroups = (settings: Settings): void => {
  for (const group of groups) {
    const missing = group.filter((name) => settings[name] === undefined)
    if (missing.length === 0 || missing.length === group.length) continue
    throw new SetupError(`${missing.join(' and ')} must be set too: ${group.join(', ')} belong together.`)
  }
}

const readSettings = (environment: Environment): Settings => {
  const given = Object.entries(environment)
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value)
  const result = schema.safeParse(Object.fromEntries(given))
  if (result.success) {
    assertWholeGroups(result.data)
    return result.data
  }
  const [issue] = result.error.issues
  const name = String(issue?.path[0])
  const shown = confidential.test(name) ? '' : `, not "${environment[name]}"`
  throw new SetupError(`${name} ${issue?.message ?? 'is wrong'}${shown}.`)
}

const databaseOf = (url: string | undefined, dataDir: string): DatabaseConfig => {
  if (!url) return { provider: 'sqlite', path: join(dataDir, 'drawbridge.db') }
  if (!url.startsWith('file:')) return { provider: 'postgresql', url }
  const path = url.replace(/\?.*$/, '')
  return {
    provider: 'sqlite',
    path: path.startsWith('file:///') ? fileURLToPath(path) : resolve(path.slice('file:'.length)),
  }
}

/** SQLite is one file that one process owns; nodes of one role alone need each other. */
const assertNodesFit = ({ REDIS_URL, ROLE, AUTH_SECRET }: Settings, { provider }: DatabaseConfig): void => {
  if (REDIS_URL && provider === 'sqlite') {
    throw new SetupError(
      'REDIS_URL is for several nodes, which need PostgreSQL: set DATABASE_URL to postgres://..., or leave REDIS_URL out (SQLite is for one process).',
    )
  }
  if (REDIS_URL && !AUTH_SECRET) {
    throw new SetupError(
      'AUTH_SECRET must be set where REDIS_URL is: nodes with different secrets do not take each other’s tickets.',
    )
  }
  if (ROLE !== 'all' && !REDIS_URL) {
    throw new SetupError(
      `ROLE=${ROLE} does a part of the work only, and reaches the other nodes through Redis: set REDIS_URL, or leave ROLE out.`,
    )
  }
}

/** What was begun and not written, as on a full disk, would be in the way of every later start. */
const makeSecret = (path: string): void => {
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
  } catch (error) {
    const isOthers = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isOthers) rmSync(path, { force: true })
    throw error
  }
}

/** The secret in the data folder, made when there is none. */
const keptSecret = (dataDir: string): string => {
  const path = join(dataDir, 'secret')
  try {
    if (!existsSync(path)) {
      makeFolder(dataDir)
      makeSecret(path)
    }
    const secret = readFileSync(path, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (cause) {
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
    const because = isFull ? 'the disk is full.' : 'DATA_DIR must be a folder that this user can write to.'
    throw new SetupError(`The secret ${path} cannot be read or made: ${because}`, { cause })
  }
  throw new SetupError(
    `The secret in ${path} is too short: restore the file, or remove it to have a new one made (which signs everybody out and ends all share links).`,
  )
}

/**
 * Settings from the given environment. Makes the secret in the data folder when none is given.
 * @throws SetupError naming the setting that is wrong and what is expected
 */
export const readConfig = (environment: Environment): Config => {
  const settings = readSettings(environment)
  const dataDir = resolve(settings.DATA_DIR)
  const database = databaseOf(settings.DATABASE_URL, dataDir)
  assertNodesFit(settings, database)
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET, SMTP_URL, EMAIL_FROM } = settings
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = settings
  const oauthClient = (clientId: string | undefined, clientSecret: string | undefined): OAuthClient | null =>
    clientId && clientSecret ? { clientId, clientSecret } : null
  const oidc = oauthClient(OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)
  return {
    development: settings.NODE_ENV === 'development',
    port: settings.PORT,
    host: settings.HOST ?? null,
    dataDir,
    database,
    redisUrl: settings.REDIS_URL ?? null,
    publicUrl: settings.PUBLIC_URL ?? null,
    secret: settings.AUTH_SECRET ?? keptSecret(dataDir),
    pictureQuota: { board: settings.BOARD_PICTURES_MB, person: settings.PERSON_PICTURES_MB },
    role: settings.ROLE,
    trustProxy: settings.TRUST_PROXY,
    recoveryWindow: settings.RECOVERY_WINDOW,
    logLevel: settings.LOG_LEVEL,
    metricsToken: settings.METRICS_TOKEN ?? null,
    github: oauthClient(GITHUB_ID, GITHUB_SECRET),
    google: oauthClient(GOOGLE_ID, GOOGLE_SECRET),
    oidc: oidc && OIDC_ISSUER ? { ...oidc, issuer: OIDC_ISSUER, name: OIDC_NAME } : null,
    email: SMTP_URL && EMAIL_FROM ? { server: SMTP_URL, from: EMAIL_FROM } : null,
  }
}

/**
 * Settings from the environment, and from the file `.env` for those that are not in it.
 * @throws SetupError
 */
export const loadConfig = (): Config => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readConfig(process.env)
}

/**
 * Libraries that read the environment themselves: Next and React which build of theirs to run, next-auth where the site
 * is. Must run before they are loaded.
 */
export const exportToLibraries = (config: Config): void => {
  Object.assign(process.env, {
    NODE_ENV: config.development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXTAUTH_SECRET: config.secret,
  })
  // Without an address of its own the site is wherever the request found it; our server sets the headers that say so.
  // NEXTAUTH_URL would win over them.
  delete process.env.NEXTAUTH_URL
  delete process.env.AUTH_TRUST_HOST
  if (config.publicUrl) process.env.NEXTAUTH_URL = config.publicUrl
  else process.env.AUTH_TRUST_HOST = 'true'
}
