import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

const collect = () => {
  const lines: string[] = []
  return { lines, write: (line: string) => void lines.push(line) }
}

describe('createLog', () => {
  it('writes one JSON object a line, with level, time, message and fields', () => {
    const { lines, write } = collect()
    createLog('info', write).info('board opened', { boardId: 'b1' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'board opened', boardId: 'b1' })
    expect(Date.parse(JSON.parse(lines[0] ?? '').time)).toBeGreaterThan(0)
  })

  it('leaves out what is below its level', () => {
    const { lines, write } = collect()
    const log = createLog('warn', write)
    log.debug('no')
    log.info('no')
    log.warn('yes')
    log.error('yes')
    expect(lines).toHaveLength(2)
    createLog('silent', write).error('no')
    expect(lines).toHaveLength(2)
  })

  it('carries the fields of `with` on every line', () => {
    const { lines, write } = collect()
    createLog('info', write).with({ room: 'r' }).info('x', { more: 1 })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ room: 'r', more: 1 })
  })

  it('hides what is named like a secret, nested too, and passwords in addresses', () => {
    const { lines, write } = collect()
    createLog('info', write).info('connecting to postgres://me:hunter2@db/x', {
      authSecret: 'abc',
      headers: { cookie: 'session=abc' },
      url: 'postgres://me:hunter2@db/x',
    })
    expect(lines[0]).not.toMatch(/abc|hunter2/)
    expect(lines[0]).toContain('postgres://me:***@db/x')
  })

  it('writes errors with their causes, and survives fields that cannot be printed', () => {
    const { lines, write } = collect()
    const log = createLog('info', write)
    log.error('failed', { error: new Error('outer', { cause: new TypeError('inner') }) })
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({
      message: 'outer',
      cause: { name: 'TypeError', message: 'inner' },
    })
    const circular: Record<string, unknown> = {}
    circular.self = circular
    log.error('failed', { circular })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 'error', msg: 'failed' })
  })
})
