/*
 * Lets a board that was opened before be opened again while the server cannot be reached. It keeps two things:
 *
 * - builds: for each build of the product all of its scripts, styles and Latin fonts, and the page `/offline`. They are
 *   the same for everybody, and a file's name tells its content. A build is used once it is whole.
 * - pages: `/b/<id>` as the server last answered it, of ONE person, because their name and the board's title are in it.
 *   They go when the person signs out, when a page of somebody else arrives, and when the board is gone.
 *
 * What is drawn is not kept here but in the device copy (`whiteboard/collab/device-copy.ts`). Everything else goes to the
 * network as if this file were not there: `/api`, the pages behind share links, signing in, Next's own data requests.
 * `app/lib/offline.ts` is the page's side.
 */

const BUILDS = 'drawbridge-build-'
const PAGES = 'drawbridge-pages-'
/** What a build consists of; in a build's cache it is written last, so it tells that the build is whole. */
const BUILD_LIST = '/offline/assets'
const OFFLINE_PAGE = '/offline'
/** Files that each build has under the same name. */
const UNVERSIONED = ['/theme.js', '/icon.svg']
/** Header of a kept page: the build that it needs. */
const BUILD_HEADER = 'x-drawbridge-build'
/** Header of a kept page: when it was kept, in milliseconds since the epoch. */
const KEPT_HEADER = 'x-drawbridge-kept'
/** How long a page that is also kept here may take, in milliseconds. */
const PATIENCE = 4000
/** Files fetched at once for a build: the open board needs the line more. */
const AT_ONCE = 4
/** A page kept less than this ago, in milliseconds, need not be asked for again. */
const FRESH = 60_000
/** Pages kept; the oldest go first. */
const MOST_PAGES = 20
const BOARD = /^\/b\/[^/]+$/

/** Grows when everything is forgotten: a page asked for before must not be kept after. */
let forgotten = 0
/** Whether the last page came from here: its files need not wait for the server then. */
let isServerAway = false

const cachesNamed = async (prefix) => (await caches.keys()).filter((name) => name.startsWith(prefix))

const deleteCaches = (names) => Promise.all(names.map((name) => caches.delete(name)))

const forgetPages = async () => {
  forgotten++
  await deleteCaches(await cachesNamed(PAGES))
}

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, null))

/* Builds */

const isWhole = async (build) => {
  const name = BUILDS + build
  return (await caches.has(name)) && Boolean(await (await caches.open(name)).match(BUILD_LIST))
}

const newestBuild = async () => {
  const name = (await cachesNamed(BUILDS)).at(-1)
  return name ? caches.open(name) : null
}

/** Keeps the server's present build, unless it is kept already. Resolves with whether it is new here. */
const keepBuild = async () => {
  const response = await fetch(BUILD_LIST, { cache: 'no-store' })
  if (response.status !== 200) return false
  const { build, files } = await response.clone().json()
  if (await isWhole(build)) return false
  const cache = await caches.open(BUILDS + build)
  const wanted = [...new Set([...files, ...UNVERSIONED, OFFLINE_PAGE])]
  while (wanted.length > 0) await cache.addAll(wanted.splice(0, AT_ONCE))
  await cache.put(BUILD_LIST, response)
  return true
}

/** Drops builds that no kept page needs, but for the newest two: tabs may still be open with the one before. */
const dropBuilds = async () => {
  const needed = (await allPages()).map(({ page }) => BUILDS + page.headers.get(BUILD_HEADER))
  const older = (await cachesNamed(BUILDS)).slice(0, -2)
  await deleteCaches(older.filter((name) => !needed.includes(name)))
}

/** Names of files tell their content, so what is kept needs no second look. */
const versionedFile = async (request) => {
  const kept = await caches.match(request.url, { ignoreVary: true })
  if (kept) return kept
  const response = await fetch(request)
  const build = response.status === 200 ? await newestBuild() : null
  if (build) await build.put(request.url, response.clone()).catch(() => {})
  return response
}

const unversionedFile = async (request) => {
  const answer = fetch(request).catch(() => null)
  const response = isServerAway ? null : await Promise.race([answer, after(PATIENCE)])
  if (response?.ok) return response
  const kept = await (await newestBuild())?.match(request.url, { ignoreSearch: true, ignoreVary: true })
  return kept ?? (await answer) ?? Response.error()
}

/* Pages */

const allPages = async () => {
  const found = []
  for (const name of await cachesNamed(PAGES)) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const page = await cache.match(request)
      if (page) found.push({ cache, path: new URL(request.url).pathname, page })
    }
  }
  return found
}

const keptAt = (page) => Number(page.headers.get(KEPT_HEADER))

/** The page as it was last seen, if all that it needs is here too. */
const keptPage = async (path) => {
  const found = (await allPages()).find((each) => each.path === path)
  return found && (await isWhole(found.page.headers.get(BUILD_HEADER))) ? found.page : null
}

const dropPage = async (path) => {
  for (const each of await allPages()) if (each.path === path) await each.cache.delete(path)
}

const dropOldestPages = async () => {
  const newestFirst = (await allPages()).sort((a, b) => keptAt(b.page) - keptAt(a.page))
  for (const { cache, path } of newestFirst.slice(MOST_PAGES)) await cache.delete(path)
}

/** What `app/lib/page-marks.ts` wrote into a page. Nobody else can: React escapes titles and names. */
const markIn = (html, name) =>
  new RegExp(`<meta name="drawbridge-${name}" content="([^"]+)"`).exec(html)?.[1] ?? null

/**
 * Learns from the answer for a board's page: keeps it, or drops what it proves wrong.
 *
 * @param generation `forgotten` when the page was asked for
 */
const learnFrom = async (path, response, generation) => {
  if (response.status === 404) return dropPage(path)
  if (response.status !== 200 || response.redirected || response.type !== 'basic') return
  const html = await response.text()
  const build = markIn(html, 'build')
  const person = markIn(html, 'person')
  // Something else answered, such as a proxy with a page of its own.
  if (!build || generation !== forgotten) return
  if (!person) return forgetPages()
  const mine = PAGES + person
  await deleteCaches((await cachesNamed(PAGES)).filter((name) => name !== mine))
  // Its headers too: a kept page is no less protected.
  const headers = new Headers(response.headers)
  for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  headers.set(BUILD_HEADER, build)
  headers.set(KEPT_HEADER, String(Date.now()))
  await (await caches.open(mine)).put(path, new Response(html, { headers }))
  if (generation !== forgotten) await forgetPages()
}

const askAndLearn = async (path) => {
  const generation = forgotten
  await learnFrom(path, await fetch(path, { cache: 'no-store' }), generation)
}

/** Sees to it that an open board can be opened again. With a new build, the other kept pages move on to it. */
const keepBoard = async (path) => {
  const isNew = await keepBuild()
  const isDue = ({ page }) => isNew || Date.now() - keptAt(page) > FRESH
  const pages = await allPages()
  const due = pages.filter(isDue).map((each) => each.path)
  const isKept = pages.some((each) => each.path === path)
  const wanted = isNew ? due : due.filter((each) => each === path)
  for (const each of new Set(isKept ? wanted : [path, ...wanted])) await askAndLearn(each)
  await dropOldestPages()
  await dropBuilds()
}

/** A proxy says these when the server behind it is down, and the server while it starts. */
const isDown = ({ status }) => status === 502 || status === 503 || status === 504

/** Network first; for a board then its kept page, and for everything then the page that says what is up. */
const openPage = async (path, answer) => {
  const isBoard = BOARD.test(path)
  const soon = isBoard ? await Promise.race([answer, after(PATIENCE)]) : await answer
  isServerAway = !soon || soon.status >= 500
  if (soon && !isServerAway) return soon
  const kept = isBoard ? await keptPage(path) : null
  if (kept) return kept
  const response = await answer
  if (response && !isDown(response)) return response
  const offline = await (await newestBuild())?.match(OFFLINE_PAGE, { ignoreVary: true })
  return offline ?? response ?? Response.error()
}

/** The browser asks while this worker still starts; see `activate`. */
const askOnce = async (event) => (await event.preloadResponse) ?? fetch(event.request)

const onNavigation = (event, path) => {
  const generation = forgotten
  const answer = askOnce(event).catch(() => null)
  if (BOARD.test(path)) {
    const learnt = answer.then((response) => response && learnFrom(path, response.clone(), generation))
    event.waitUntil(learnt.catch(() => {}))
  }
  event.respondWith(openPage(path, answer))
}

self.addEventListener('install', () => {
  // At once, as every version can work with what every other has kept.
  self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  const work = [self.clients.claim(), self.registration.navigationPreload?.enable()]
  event.waitUntil(Promise.all(work))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith('/api/')) {
    // Left to the browser it would be asked for twice, and links that sign somebody in work once.
    if (request.mode === 'navigate') event.respondWith(askOnce(event))
    return
  }
  if (request.mode === 'navigate') onNavigation(event, pathname)
  else if (pathname.startsWith('/_next/static/')) event.respondWith(versionedFile(request))
  else if (UNVERSIONED.includes(pathname)) event.respondWith(unversionedFile(request))
})

self.addEventListener('message', (event) => {
  const { type, path } = event.data ?? {}
  if (type === 'forget') event.waitUntil(forgetPages())
  if (type === 'keep' && BOARD.test(path)) event.waitUntil(keepBoard(path).catch(() => {}))
})
