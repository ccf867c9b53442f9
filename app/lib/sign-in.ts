import { ApiFailure } from './api.ts'
import { forgetPages } from './offline.ts'
import { pathOf } from './path-of.ts'
import { signInWords } from './sign-in-words.ts'

type Outcome = 'done' | 'wrong'

const post = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, json: 'true' }),
  })

const csrfToken = async (): Promise<string> => {
  const response = await fetch('/api/auth/csrf')
  if (!response.ok) throw new Error('no token')
  const { csrfToken } = (await response.json()) as { csrfToken: string }
  return csrfToken
}

/** next-auth answers with the address to go on to; a failure is an `error` in its query. */
const errorIn = async (response: Response): Promise<string | null> => {
  const { url } = (await response.json().catch(() => ({}))) as { url?: string }
  if (url && URL.canParse(url, location.href)) return new URL(url, location.href).searchParams.get('error')
  return response.ok ? null : 'unknown'
}

const send = async (path: string, fields: Record<string, string>): Promise<{ response: Response }> => {
  try {
    return { response: await post(path, { ...fields, csrfToken: await csrfToken() }) }
  } catch {
    throw new ApiFailure(
      0,
      'unreachable',
      'The server cannot be reached. Check your connection and try again.',
    )
  }
}

/** Signs in as a guest; without a name the server makes one up. @throws ApiFailure */
export const signInAsGuest = async (name = ''): Promise<void> => {
  const { response } = await send('/api/auth/callback/guest', { name, callbackUrl: '/' })
  const error = await errorIn(response)
  if (error) throw new ApiFailure(response.status, error, signInWords(error))
  await forgetPages()
}

/** @throws ApiFailure for everything but a wrong pair */
export const signInWithPassword = async (email: string, password: string): Promise<Outcome> => {
  const { response } = await send('/api/auth/callback/credentials', { email, password, callbackUrl: '/' })
  const error = await errorIn(response)
  if (error === 'CredentialsSignin') return 'wrong'
  if (error) throw new ApiFailure(response.status, error, signInWords(error))
  await forgetPages()
  return 'done'
}

/**
 * Begins a sign-in through another service, or sends the link by e-mail: leaves this page. Whoever comes back goes through
 * `/signin/done`, which does what this page does after a password. @throws ApiFailure
 */
export const signInElsewhere = async (
  provider: string,
  callbackUrl: string,
  email?: string,
): Promise<void> => {
  const path = `/api/auth/signin/${encodeURIComponent(provider)}`
  const done = `/signin/done?callbackUrl=${encodeURIComponent(nextPage(callbackUrl))}`
  const { response } = await send(path, { callbackUrl: done, ...(email && { email }) })
  const { url } = (await response.json().catch(() => ({}))) as { url?: string }
  if (!url) throw new ApiFailure(response.status, 'unknown', signInWords(''))
  location.assign(url)
}

/** Ends this session. @throws ApiFailure */
export const signOut = async (): Promise<void> => {
  await send('/api/auth/signout', { callbackUrl: '/' })
  await forgetPages()
}

/** Where to go after signing in: an address of ours, or the list of boards. */
export const nextPage = (wanted: string | null | undefined, fallback = '/boards'): string => {
  if (!wanted || typeof location === 'undefined' || !URL.canParse(wanted, location.origin)) return fallback
  const url = new URL(wanted, location.origin)
  return url.origin === location.origin ? pathOf(url) : fallback
}
