import { Refusal, type RefusalCode } from '../../../server/boards/refusal.ts'
import type { Runtime } from '../../../server/runtime.ts'
import { DamagedSnapshotError } from '../../../server/sync/ports.ts'

/** The only place where reasons become statuses. */
const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  'weak-password': 400,
  'not-json': 400,
  'signed-out': 401,
  'not-allowed': 403,
  'wrong-password': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'link-dead': 404,
  'email-taken': 409,
  full: 409,
  'too-large': 413,
  'too-many': 429,
  unreadable: 500,
  internal: 500,
  unavailable: 503,
}

/** Answers are about one person and one moment: nobody in between may keep them. */
export const PRIVATE = { 'cache-control': 'no-store' } as const

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: PRIVATE })

const unreadable = (): Refusal =>
  new Refusal(
    'unreadable',
    'What is stored of this board is damaged. Nothing was changed: ask whoever runs this server.',
  )

const unavailable = (): Refusal =>
  new Refusal('unavailable', 'The database cannot be reached just now. Try again in a moment.')

/** What the databases say when a disk is full, gone or read-only. */
const DISK_TROUBLE = /SQLITE_(FULL|READONLY|IOERR|CANTOPEN)|\b(53100|25006|58030)\b/

const cannotStore = (): Refusal =>
  new Refusal('unavailable', 'The server cannot store anything just now. Try again in a moment.')

/** Prisma's codes for a database that did not answer in time, was locked, or hung up. */
const DATABASE_BUSY: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

/** The reason to give for something that nobody expected. It is written to the log and not told to the client. */
const refusalFor = async (
  error: unknown,
  { store, log }: Pick<Runtime, 'store' | 'log'>,
  requestId: string | null,
): Promise<Refusal> => {
  log.error('a request failed', { requestId, error })
  if (error instanceof DamagedSnapshotError) return unreadable()
  if (error instanceof Error && 'code' in error && DATABASE_BUSY.has(String(error.code))) return unavailable()
  if (error instanceof Error && DISK_TROUBLE.test(error.message)) return cannotStore()
  const answers = await store.ping().then(
    () => true,
    () => false,
  )
  return answers
    ? new Refusal(
        'internal',
        'Something went wrong on the server. Try again; if it stays, tell whoever runs it.',
      )
    : unavailable()
}

/**
 * The answer to whatever a handler threw. What nobody expected carries the id of the request, under which the log has the rest.
 */
export const answerTo = async (
  error: unknown,
  current: Pick<Runtime, 'store' | 'log'>,
  request: Pick<Request, 'headers'>,
): Promise<Response> => {
  const requestId = request.headers.get('x-request-id')
  const isExpected = error instanceof Refusal
  const { code, message, retryAfter } = isExpected ? error : await refusalFor(error, current, requestId)
  const reference = isExpected || requestId === null ? {} : { reference: requestId }
  const response = json({ error: { code, message, ...reference } }, STATUS[code])
  if (code === 'too-many') response.headers.set('retry-after', String(retryAfter ?? 60))
  return response
}
