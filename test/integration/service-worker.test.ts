import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** `public/service-worker.js` in a world of its own: caches in memory, and a server that is told what to answer. */

const ORIGIN = 'https://draw.example'
const source = readFileSync(join(import.meta.dirname, '..', '..', 'public', 'service-worker.js'), 'utf8')

type Wanted = string | { readonly url: string }

const keyOf = (wanted: Wanted, ignoreSearch = false): string => {
  const url = new URL(typeof wanted === 'string' ? wanted : wanted.url, ORIGIN)
  return ignoreSearch ? url.origin + url.pathname : url.href
}

class MemoryCache {
  private readonly entries = new Map<string, Response>()
  private readonly fetch: (wanted: Wanted) => Promise<Response>

  constructor(fetch: (wanted: Wanted) => Promise<Response>) {
    this.fetch = fetch
  }

  async match(wanted: Wanted, { ignoreSearch = false } = {}): Promise<Response | undefined> {
    return this.entries.get(keyOf(wanted, ignoreSearch))?.clone()
  }

  async put(wanted: Wanted, response: Response): Promise<void> {
    this.entries.set(keyOf(wanted), response)
  }

  async addAll(all: readonly string[]): Promise<void> {
    for (const each of all) await this.put(each, await this.fetch(each))
  }

  async delete(wanted: Wanted): Promise<boolean> {
    return this.entries.delete(keyOf(wanted))
  }

  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }))
  }
}

/** What a browser says of answers from one's own server; `Response` cannot be made so otherwise. */
const asBasic = (response: Response): Response => {
  const clone = response.clone.bind(response)
  return Object.defineProperties(response, {
    type: { value: 'basic' },
    clone: { value: () => asBasic(clone()) },
  })
}

/** An answer that is given when the test says so. */
const later = () => {
  let give: (response: Response) => void = () => {}
  const answer = new Promise<Response>((resolve) => {
    give = resolve
  })
  return { answer, give }
}

type Listener = (event: object) => void

/** A page as the server answers it; without a person it is one for people who are not signed in. */
const page = (person: string | null, build = 'one', text = ''): Response => {
  const mark = (name: string, content: string) => `<meta name="drawbridge-${name}" content="${content}"/>`
  const marks = mark('build', build) + (person ? mark('person', person) : '')
  return new Response(`<html>${marks}${text}</html>`, { headers: { 'x-frame-options': 'DENY' } })
}

class World {
  readonly caches = new Map<string, MemoryCache>()
  /** What the server answers by path; what is not named it does not answer at all: the network is down. */
  answers: Record<string, () => Response | Promise<Response>> = {}
  /** Told what the worker answers, before it has done what it does beside that. */
  onAnswer: (text: string) => void = () => {}
  private readonly listeners = new Map<string, Listener>()

  constructor() {
    const fetch = (wanted: Wanted) => this.fetch(wanted)
    const self = {
      addEventListener: (type: string, listener: Listener) => this.listeners.set(type, listener),
      skipWaiting: () => {},
      clients: { claim: async () => {} },
      registration: {},
      location: { origin: ORIGIN },
    }
    const caches = {
      keys: async () => [...this.caches.keys()],
      has: async (name: string) => this.caches.has(name),
      delete: async (name: string) => this.caches.delete(name),
      open: async (name: string) => {
        const cache = this.caches.get(name) ?? new MemoryCache(fetch)
        this.caches.set(name, cache)
        return cache
      },
      match: async (wanted: Wanted) => {
        for (const cache of this.caches.values()) {
          const found = await cache.match(wanted)
          if (found) return found
        }
      },
    }
    const clock = { setTimeout: (...given: Parameters<typeof setTimeout>) => setTimeout(...given), Date }
    runInContext(source, createContext({ self, caches, fetch, Response, Headers, URL, ...clock }))
  }

  /** A build as the server has it, named in its list and on its pages. */
  serveBuild(build: string): void {
    const files = [`/_next/static/chunks/${build}.js`]
    this.answers['/offline/assets'] = () => Response.json({ build, files })
    for (const path of [...files, '/theme.js', '/icon.svg', '/offline']) {
      this.answers[path] = () => new Response(`${path} of ${build}`)
    }
  }

  /** @param preloadResponse what the browser has asked for while the worker started */
  async navigate(path: string, preloadResponse?: Promise<Response>): Promise<string> {
    const request = { method: 'GET', mode: 'navigate', url: ORIGIN + path }
    return (await this.send('fetch', { request, preloadResponse })) ?? ''
  }

  /** The text that the worker answers with; null when it leaves the request alone. */
  request(path: string, more: object = {}): Promise<string | null> {
    return this.send('fetch', { request: { method: 'GET', mode: 'no-cors', url: ORIGIN + path, ...more } })
  }

  async keep(path: string): Promise<void> {
    await this.send('message', { data: { type: 'keep', path } })
  }

  async forget(): Promise<void> {
    await this.send('message', { data: { type: 'forget' } })
  }

  /** `cache path` of everything kept. */
  async kept(): Promise<string[]> {
    const found: string[] = []
    for (const [name, cache] of this.caches) {
      const short = name.replace('drawbridge-', '')
      for (const { url } of await cache.keys()) found.push(`${short} ${new URL(url).pathname}`)
    }
    return found
  }

  async keptPages(): Promise<string[]> {
    return (await this.kept()).filter((each) => each.startsWith('pages-'))
  }

  private async fetch(wanted: Wanted): Promise<Response> {
    const answer = this.answers[new URL(keyOf(wanted)).pathname]
    if (!answer) throw new TypeError('no network')
    return asBasic(await answer())
  }

  private async send(type: string, event: object): Promise<string | null> {
    const works: Promise<unknown>[] = []
    let answer: Promise<Response> | null = null
    this.listeners.get(type)?.({
      ...event,
      waitUntil: (work: Promise<unknown>) => works.push(work),
      respondWith: (response: Promise<Response>) => {
        answer = response
      },
    })
    const response = (await answer) as Response | null
    const text = response && (response.status === 0 ? '' : await response.text())
    if (text !== null) this.onAnswer(text)
    await Promise.all(works)
    return text
  }
}

let world: World
beforeEach(() => {
  world = new World()
  world.serveBuild('one')
  world.answers['/b/mine'] = () => page('ada', 'one', 'my board')
})
afterEach(() => {
  vi.useRealTimers()
})

describe('boards', () => {
  it('opens a kept board without the network, with the headers that protect it', async () => {
    await world.keep('/b/mine')
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('my board')
    const cache = world.caches.get('drawbridge-pages-ada')
    expect((await cache?.match('/b/mine'))?.headers.get('x-frame-options')).toBe('DENY')
  })

  it('opens a kept board while the server answers with errors, and asks the server first', async () => {
    await world.keep('/b/mine')
    world.answers['/b/mine'] = () => new Response('oh', { status: 500 })
    expect(await world.navigate('/b/mine')).toContain('my board')
    world.answers['/b/mine'] = () => page('ada', 'one', 'newer')
    expect(await world.navigate('/b/mine')).toContain('newer')
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('newer')
  })

  it('waits four seconds for a silent server, and still learns from what it says later', async () => {
    await world.keep('/b/mine')
    vi.useFakeTimers()
    const { answer, give } = later()
    world.answers['/b/mine'] = () => answer
    const shown: string[] = []
    world.onAnswer = (text) => shown.push(text)
    const opening = world.navigate('/b/mine')
    await vi.advanceTimersByTimeAsync(3900)
    expect(shown).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(shown).toEqual([expect.stringContaining('my board')])
    give(page('ada', 'one', 'late'))
    await opening
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('late')
  })

  it('does not open a board whose build is not whole', async () => {
    await world.navigate('/b/mine')
    expect(await world.keptPages()).toEqual(['pages-ada /b/mine'])
    world.answers = {}
    expect(await world.navigate('/b/mine')).toBe('')
  })

  it('drops the page of a board that is gone', async () => {
    await world.keep('/b/mine')
    world.answers['/b/mine'] = () => new Response('no', { status: 404 })
    await world.navigate('/b/mine')
    expect(await world.keptPages()).toEqual([])
  })

  it('keeps no answer of somebody else, such as the page of a proxy', async () => {
    await world.keep('/b/mine')
    world.answers['/b/mine'] = () => new Response('please pay for your wifi')
    await world.navigate('/b/mine')
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('my board')
  })
})

describe('people', () => {
  it('keeps pages of one person: those of the one before go', async () => {
    await world.keep('/b/mine')
    world.answers['/b/other'] = () => page('bob')
    await world.navigate('/b/other')
    expect(await world.keptPages()).toEqual(['pages-bob /b/other'])
  })

  it('forgets all pages when a page shows that nobody is signed in', async () => {
    await world.keep('/b/mine')
    world.answers['/b/other'] = () => page(null)
    await world.navigate('/b/other')
    expect(await world.keptPages()).toEqual([])
  })

  it('keeps no page that was asked for before everything was forgotten', async () => {
    await world.keep('/b/mine')
    const { answer, give } = later()
    world.answers['/b/other'] = () => answer
    const opening = world.navigate('/b/other')
    await world.forget()
    give(page('ada'))
    await opening
    expect(await world.keptPages()).toEqual([])
  })
})

describe('builds', () => {
  it('moves kept pages to a new build, and keeps the one before for tabs that are open', async () => {
    await world.keep('/b/mine')
    for (const build of ['two', 'three']) {
      world.serveBuild(build)
      world.answers['/b/mine'] = () => page('ada', build, `board of ${build}`)
      world.answers['/b/other'] = () => page('ada', build)
      await world.keep('/b/other')
    }
    const builds = [...world.caches.keys()].filter((name) => name.startsWith('drawbridge-build-'))
    expect(builds).toEqual(['drawbridge-build-two', 'drawbridge-build-three'])
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('board of three')
    expect(await world.request('/_next/static/chunks/two.js')).toContain('of two')
  })

  it('keeps an older build while a page that could not be moved needs it', async () => {
    await world.keep('/b/mine')
    world.answers['/b/mine'] = () => new Response('oh', { status: 500 })
    for (const build of ['two', 'three']) {
      world.serveBuild(build)
      world.answers['/b/other'] = () => page('ada', build)
      await world.keep('/b/other')
    }
    world.answers = {}
    expect(await world.navigate('/b/mine')).toContain('my board')
    expect(await world.request('/_next/static/chunks/one.js')).toContain('of one')
  })
})

describe('everything else', () => {
  it('shows the offline page in place of pages that cannot be had, and the server’s own errors as they are', async () => {
    await world.keep('/b/mine')
    world.answers['/boards'] = () => new Response('bad gateway', { status: 502 })
    expect(await world.navigate('/boards')).toContain('/offline of one')
    expect(await world.navigate('/s/secret')).toContain('/offline of one')
    world.answers['/boards'] = () => new Response('our own error', { status: 500 })
    expect(await world.navigate('/boards')).toBe('our own error')
  })

  it('leaves the interface, data requests and whatever changes something to the network', async () => {
    expect(await world.request('/api/me')).toBeNull()
    expect(await world.request('/b/mine?_rsc=x', { mode: 'cors' })).toBeNull()
    expect(await world.request('/b/mine', { mode: 'navigate', method: 'POST' })).toBeNull()
  })

  it('AP8: asks for a link that signs somebody in once, since it works once', async () => {
    let asked = 0
    world.answers['/api/auth/callback/email'] = () => {
      asked += 1
      return new Response('asked by the worker')
    }
    const early = Promise.resolve(new Response('asked by the browser'))
    expect(await world.navigate('/api/auth/callback/email', early)).toBe('asked by the browser')
    expect(asked).toBe(0)
    expect(await world.navigate('/api/auth/callback/email')).toBe('asked by the worker')
    expect(asked).toBe(1)
  })

  it('keeps no page but those of boards', async () => {
    await world.keep('/b/mine')
    for (const path of ['/boards', '/s/secret', '/signin']) {
      world.answers[path] = () => page('ada')
      await world.navigate(path)
    }
    expect(await world.keptPages()).toEqual(['pages-ada /b/mine'])
  })
})
