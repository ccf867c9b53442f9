import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Somebody's account at the other service. */
export interface OidcProfile {
  readonly sub: string
  readonly name: string
  readonly email?: string
  readonly email_verified?: boolean
}

/** An OpenID Connect service on a port of its own, at which the person of `profile` is always signed in. */
export interface OidcProvider {
  readonly issuer: string
  profile: OidcProfile
  close(): Promise<void>
}

const CLIENT_ID = 'drawbridge'

const reply = (response: ServerResponse, body: object): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}

export const startOidcProvider = async (first: OidcProfile): Promise<OidcProvider> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const challenges = new Map<string, string>()
  const provider = { profile: first }

  const tokens = async (issuer: string, form: URLSearchParams): Promise<object> => {
    const { createHash } = await import('node:crypto')
    const code = form.get('code') ?? ''
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (challenges.get(code) !== challenge) return { error: 'invalid_grant' }
    const token = new SignJWT({ ...provider.profile }).setProtectedHeader({ alg: 'RS256', kid: 'one' })
    const signed = token.setIssuer(issuer).setAudience(CLIENT_ID).setSubject(provider.profile.sub)
    const id_token = await signed.setIssuedAt().setExpirationTime('5m').sign(privateKey)
    return { access_token: 'opaque', token_type: 'Bearer', id_token, not_standard: 1 }
  }

  const authorize = (url: URL, response: ServerResponse): void => {
    const code = `code-${challenges.size}`
    challenges.set(code, url.searchParams.get('code_challenge') ?? '')
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', url.searchParams.get('state') ?? '')
    response.writeHead(302, { location: back.href }).end()
  }

  const server = createServer(async (request, response) => {
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token') return reply(response, await tokens(issuer, await readForm(request)))
    if (url.pathname === '/jwks') return reply(response, { keys: [jwk] })
    return reply(response, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return Object.assign(provider, {
    issuer: `http://localhost:${(server.address() as AddressInfo).port}`,
    close,
  })
}
