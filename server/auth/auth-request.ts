import type { AuthOptions } from 'next-auth'
import { Refusal } from '../boards/refusal.ts'
import { onOurSite } from './safe-path.ts'

/** What next-auth does, by method. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  GET: ['providers', 'session', 'csrf', 'signin', 'signout', 'callback', 'verify-request', 'error'],
  POST: ['session', 'signin', 'signout', 'callback'],
}

/**
 * Refuses what next-auth would answer with a stack trace's first line: actions and providers that do not exist, and coming
 * back by GET to a provider that takes a form.
 *
 * @param path the parts of the path after `/api/auth/`
 * @throws Refusal
 */
export const assertKnown = (
  method: string,
  [action = '', providerId]: readonly string[],
  { providers }: Pick<AuthOptions, 'providers'>,
): void => {
  const known = ACTIONS[method]?.includes(action) ?? false
  const provider = providers.find(({ id }) => id === providerId)
  const needsProvider = action === 'callback' || (action === 'signin' && method === 'POST')
  const byForm = action === 'callback' && method === 'GET' && provider?.type === 'credentials'
  if (known && !byForm && (provider || !needsProvider)) return
  throw new Refusal('not-found', 'There is no such way to sign in.')
}

const fieldsOf = (contentType: string, text: string): [string, string][] => {
  if (!/\bjson\b/i.test(contentType)) return [...new URLSearchParams(text)]
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null)
    throw new Refusal('invalid', 'The body has to be a JSON object.')
  return Object.entries(value).flatMap(([name, field]): [string, string][] =>
    typeof field === 'string' || typeof field === 'boolean' ? [[name, String(field)]] : [],
  )
}

/**
 * The fields of a form or JSON body as one form, which is all that next-auth needs: it would take anything for text.
 *
 * @throws Refusal
 */
export const readForm = (contentType: string, bytes: Uint8Array): URLSearchParams => {
  try {
    return new URLSearchParams(fieldsOf(contentType, new TextDecoder().decode(bytes)))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('not-json', 'The body has to be JSON or a form.')
  }
}

/** Where to go on to is an address of ours: next-auth takes some others for a mistake in its settings. */
export const keepOnSite = (fields: URLSearchParams, origin: string): void => {
  const target = fields.get('callbackUrl')
  if (target !== null) fields.set('callbackUrl', onOurSite(target, origin))
}
