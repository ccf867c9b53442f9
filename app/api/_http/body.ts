import type { z } from 'zod'
import { Refusal } from '../../../server/boards/refusal.ts'

/** Bytes. No call of ours needs more. */
export const MAX_BODY = 64 * 1024

const tooLarge = (): Refusal => new Refusal('too-large', 'That is more than this call takes.')

/** Reads a body chunk by chunk and stops at the limit, whatever its declared length says. @throws Refusal `too-large` */
export const readBytes = async (request: Request): Promise<Uint8Array> => {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLarge()
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size > MAX_BODY) {
      await reader.cancel().catch(() => {})
      throw tooLarge()
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}

const notJson = (): Refusal => new Refusal('not-json', 'The body has to be JSON, sent as application/json.')

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw notJson()
  }
}

const isJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')

/**
 * The body, checked; properties that the schema does not name are dropped. Schemas give their own sentences for what is
 * wrong with a property. No body at all reads as `{}`, for calls whose every property may be left out.
 *
 * @throws Refusal `too-large`, `not-json`, `invalid`
 */
export const readBody = async <S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> => {
  const bytes = await readBytes(request)
  if (bytes.byteLength > 0 && !isJson(request)) throw notJson()
  const result = schema.safeParse(bytes.byteLength === 0 ? {} : parse(bytes))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Refusal('invalid', issue?.path.length ? issue.message : 'The body has to be a JSON object.')
}
