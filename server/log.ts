import { type Logger, pino } from 'pino'

/** From the most to the least talkative. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** What a line says besides its message. Errors are written as name, message and stack. */
export type LogFields = Readonly<Record<string, unknown>>

type Write = (message: string, fields?: LogFields) => void

/** Structured lines: one JSON object each, with level, time, msg and the given fields. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
  /** A log whose lines all carry `fields` too. */
  with(fields: LogFields): Log
}

const secretName = /password|secret|token|ticket|authorization|cookie/i
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi

const scrub = (text: string): string => text.replace(urlPassword, '$1:***@')

const describeError = (error: Error): Record<string, unknown> => ({
  name: error.name,
  message: scrub(error.message),
  ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
  stack: scrub(error.stack ?? ''),
  ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
})

/** For JSON.stringify: hides what is named like a secret and passwords inside addresses. */
const presentable = (name: string, value: unknown): unknown => {
  if (secretName.test(name) && value !== undefined && value !== null) return '***'
  if (value instanceof Error) return describeError(value)
  if (typeof value === 'string') return name === 'stack' ? value : scrub(value)
  if (typeof value === 'bigint') return value.toString()
  return value
}

/**
 * The fields as they may be written. pino's own redaction goes by known paths, and secrets turn up in unknown ones. What
 * every line has by itself cannot be given.
 */
const settle = (fields: LogFields): Record<string, unknown> => {
  try {
    const { level: _level, time: _time, msg: _msg, ...own } = JSON.parse(JSON.stringify(fields, presentable))
    return own
  } catch {
    return { fields: 'not printable' }
  }
}

const over = (logger: Logger): Log => {
  const writer =
    (level: Exclude<LogLevel, 'silent'>): Write =>
    (message, fields) => {
      if (logger.isLevelEnabled(level)) logger[level](fields ? settle(fields) : {}, scrub(message))
    }
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    with: (fields) => over(logger.child(settle(fields))),
  }
}

const writeLine = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/**
 * @param level the least important level that is written
 * @param write takes a finished line, without its line break; standard output unless given
 */
export const createLog = (level: LogLevel, write: (line: string) => void = writeLine): Log =>
  over(
    pino(
      {
        level,
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
      },
      { write: (line) => write(line.trimEnd()) },
    ),
  )
