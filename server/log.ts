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

const format = (level: LogLevel, msg: string, fields: LogFields): string => {
  const head = { level, time: new Date().toISOString(), msg }
  try {
    return JSON.stringify({ ...head, ...fields, ...head }, presentable)
  } catch {
    return JSON.stringify({ ...head, fields: 'not printable' })
  }
}

const writeLine = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/**
 * @param level the least important level that is written
 * @param write takes a finished line, without its line break; standard output unless given
 */
export const createLog = (level: LogLevel, write: (line: string) => void = writeLine): Log => {
  const least = logLevels.indexOf(level)
  const build = (base: LogFields): Log => {
    const writer =
      (own: LogLevel): Write =>
      (message, fields) => {
        if (logLevels.indexOf(own) >= least) write(format(own, scrub(message), { ...base, ...fields }))
      }
    return {
      debug: writer('debug'),
      info: writer('info'),
      warn: writer('warn'),
      error: writer('error'),
      with: (fields) => build({ ...base, ...fields }),
    }
  }
  return build({})
}
