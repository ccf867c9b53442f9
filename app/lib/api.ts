/** What a person is to a board. */
export type BoardRole = 'owner' | 'editor' | 'viewer'

export interface BoardSummary {
  readonly id: string
  readonly title: string
  readonly role: BoardRole
  /** ISO 8601. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly owner: { readonly name: string }
}

export interface BoardPage {
  readonly boards: readonly BoardSummary[]
  readonly nextCursor: string | null
}

export interface ShareLink {
  readonly id: string
  readonly role: 'viewer' | 'editor'
  readonly url: string
  /** ISO 8601; null when it works until it is revoked. */
  readonly expiresAt: string | null
}

export interface Me {
  readonly id: string
  readonly name: string
  readonly isGuest: boolean
}

/** A call that did not work; `message` may be shown as it is. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const NO_ANSWER = 'The server cannot be reached. Check your connection and try again.'
const UNCLEAR = 'Something went wrong. Try again in a moment.'

const failureOf = async (response: Response): Promise<ApiFailure> => {
  const body: unknown = await response.json().catch(() => null)
  const error = body && typeof body === 'object' && 'error' in body ? body.error : null
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  const words = typeof message === 'string' && message !== '' ? message : UNCLEAR
  return new ApiFailure(response.status, typeof code === 'string' ? code : 'unknown', words)
}

/** A call of our own interface; resolves with an answer that is fine, and throws `ApiFailure` for every other. */
export const request = async (method: string, path: string, body?: object): Promise<Response> => {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => null)
  if (!response) throw new ApiFailure(0, 'unreachable', NO_ANSWER)
  if (!response.ok) throw await failureOf(response)
  return response
}

export const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
  const response = await request(method, path, body)
  return (response.status === 204 ? null : await response.json().catch(() => null)) as Answer
}

/** The address of what a board has. */
export const boardPath = (id: string, rest = ''): string => `/api/boards/${encodeURIComponent(id)}${rest}`

/**
 * Our own HTTP interface, as an open board calls it; `boards-api.ts`, `account-api.ts` and `versions.ts` have what only
 * other pages and late panels call. Every call throws `ApiFailure` and nothing else.
 */
export const api = {
  getBoard: (id: string) => call<BoardSummary>('GET', boardPath(id)),
  renameBoard: (id: string, title: string) => call<BoardSummary>('PATCH', boardPath(id), { title }),
  ticket: (id: string) =>
    call<{ ticket: string; url: string; role: 'viewer' | 'editor' }>('POST', boardPath(id, '/ticket'), {}),
  me: () => call<Me>('GET', '/api/me'),
}

/** The words for any failure, expected or not. */
export const wordsFor = (failure: unknown): string =>
  failure instanceof ApiFailure ? failure.message : UNCLEAR
