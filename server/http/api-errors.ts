import type { IncomingMessage, ServerResponse } from 'node:http'

interface Words {
  readonly code: string
  readonly message: string
}

const WORDS: Readonly<Record<number, Words>> = {
  404: { code: 'not-found', message: 'There is nothing at this address.' },
  405: { code: 'method-not-allowed', message: 'This address does not take that method.' },
  408: { code: 'too-slow', message: 'The request took too long to arrive. Try again.' },
  413: { code: 'too-large', message: 'That is more than this call takes.' },
  503: { code: 'unavailable', message: 'The server is starting or stopping. Try again in a moment.' },
}

const INVALID: Words = { code: 'invalid', message: 'The server cannot make sense of this request.' }
const INTERNAL: Words = {
  code: 'internal',
  message: 'Something went wrong on the server. Try again; if it stays, tell whoever runs it.',
}

/** What the API says of a status, in the one form of its errors. */
const errorBody = (status: number): string => {
  const { code, message } = WORDS[status] ?? (status >= 500 ? INTERNAL : INVALID)
  return JSON.stringify({ error: { code, message } })
}

export const isApi = ({ url = '' }: IncomingMessage): boolean => /^\/api(?=[/?#]|$)/.test(url)

type AnyCall<Result> = (...given: unknown[]) => Result

/** Node's stream methods take a callback as their last argument. */
const callBack = (given: readonly unknown[]): void => {
  const last = given.at(-1)
  if (typeof last === 'function') process.nextTick(last as () => void)
}

/**
 * Gives every error under `/api` the one form: what our routes do not answer themselves (an unknown address, a method that a
 * route does not have, a failure in Next or next-auth) would be a page, a line of text or nothing.
 */
export const speakInErrors = (request: IncomingMessage, response: ServerResponse): void => {
  if (!isApi(request)) return
  const writeHead = response.writeHead.bind(response) as AnyCall<ServerResponse>
  const write = response.write.bind(response) as AnyCall<boolean>
  const end = response.end.bind(response) as AnyCall<ServerResponse>
  let replaced = false

  const speaks = (): boolean => /\bjson\b/.test(String(response.getHeader('content-type') ?? ''))

  /** Whether our own words have taken the place of what is being answered. */
  const replaces = (status: number): boolean => {
    if (replaced || response.headersSent || status < 400 || speaks()) return replaced
    replaced = true
    const body = errorBody(status)
    for (const name of ['content-encoding', 'transfer-encoding', 'etag', 'link']) response.removeHeader(name)
    response.setHeader('content-type', 'application/json')
    response.setHeader('cache-control', 'no-store')
    response.setHeader('content-length', Buffer.byteLength(body))
    // The head first: an implicit one would pass by whoever has wrapped this response since.
    writeHead(status)
    end(body)
    return true
  }

  response.writeHead = (...given: unknown[]) => (replaces(Number(given[0])) ? response : writeHead(...given))
  response.write = (...given: unknown[]) => {
    if (!replaces(response.statusCode)) return write(...given)
    callBack(given)
    return true
  }
  response.end = (...given: unknown[]) => {
    if (!replaces(response.statusCode)) return end(...given)
    callBack(given)
    return response
  }
}
