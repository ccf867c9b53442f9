/** What a call was answered with. */
export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; null for an empty body, the text for anything else. */
  readonly body: Body
}

/** One person's browser as far as HTTP goes: it keeps cookies and follows no redirects. */
export interface HttpClient {
  readonly url: string
  cookie(): string
  setCookie(name: string, value: string): void
  call<Body>(
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>
  /** next-auth's sign-in by one of its providers; the address it sends to, with `error` in its query when it failed. */
  signIn(provider: string, fields: Record<string, string>): Promise<URL>
  /** Begins a sign-in through another service, or by e-mail; the address at which it goes on. */
  begin(provider: string, fields: Record<string, string>): Promise<URL>
  signOut(): Promise<void>
}

const parse = (text: string): unknown => {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const createHttpClient = (url: string): HttpClient => {
  const jar = new Map<string, string>()
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  const keep = (headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const cut = pair.indexOf('=')
      const value = pair.slice(cut + 1)
      const expires = attributes.find((attribute) => /^\s*expires=/i.test(attribute))?.split('=')[1]
      const gone = value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())
      if (gone) jar.delete(pair.slice(0, cut))
      else jar.set(pair.slice(0, cut), value)
    }
  }

  const send = async <Body>(path: string, init: RequestInit): Promise<Answer<Body>> => {
    const headers = { ...(jar.size > 0 ? { cookie: cookie() } : {}), ...init.headers }
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    keep(response.headers)
    const body = parse(await response.text()) as Body
    return { status: response.status, headers: response.headers, body }
  }

  const call = <Body>(method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
    send<Body>(path, {
      method,
      headers: json === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })

  const post = async (path: string, fields: Record<string, string>): Promise<URL> => {
    const { body: csrf } = await call<{ csrfToken: string }>('GET', '/api/auth/csrf')
    const form = new URLSearchParams({ callbackUrl: '/', ...fields, csrfToken: csrf.csrfToken, json: 'true' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { body } = await send<{ url: string }>(path, { method: 'POST', headers, body: form.toString() })
    return new URL(body.url, url)
  }

  return {
    url,
    cookie,
    setCookie: (name, value) => {
      jar.set(name, value)
    },
    call,
    signIn: (provider, fields) => post(`/api/auth/callback/${provider}`, fields),
    begin: (provider, fields) => post(`/api/auth/signin/${provider}`, fields),
    signOut: async () => {
      await post('/api/auth/signout', {})
    },
  }
}

/** Somebody who has just come in as a guest. */
export const enterAsGuest = async (url: string, name = 'Guest'): Promise<HttpClient> => {
  const client = createHttpClient(url)
  const sent = await client.signIn('guest', { name })
  if (sent.searchParams.has('error')) throw new Error(`Nobody came in: ${sent}`)
  return client
}
