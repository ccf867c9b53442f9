/**
 * Addresses that this server answers, as patterns: what metrics and logs call a request. The address itself may hold a share
 * link's secret, and there is no end of them. The first that fits counts. A test compares the list with the files of `app/`.
 */
export const ROUTES: readonly string[] = [
  '/',
  '/account',
  '/api/auth/*',
  '/api/boards',
  '/api/boards/bin',
  '/api/boards/bin/:id',
  '/api/boards/:id',
  '/api/boards/:id/assets',
  '/api/boards/:id/assets/:hash',
  '/api/boards/:id/duplicate',
  '/api/boards/:id/links',
  '/api/boards/:id/links/:linkId',
  '/api/boards/:id/preview.svg',
  '/api/boards/:id/restore',
  '/api/boards/:id/ticket',
  '/api/boards/:id/versions',
  '/api/boards/:id/versions/:versionId',
  '/api/boards/:id/versions/:versionId/copy',
  '/api/boards/:id/versions/:versionId/restore',
  '/api/boards/:id/versions/:versionId/state',
  '/api/health',
  '/api/health/live',
  '/api/health/ready',
  '/api/links/join',
  '/api/me',
  '/api/me/close',
  '/api/me/password',
  '/api/me/sessions',
  '/api/metrics',
  '/api/register',
  '/b/:boardId',
  '/boards',
  '/boards/bin',
  '/offline',
  '/offline/assets',
  '/register',
  '/s/:secret',
  '/signin',
  '/signin/done',
]

interface Pattern {
  readonly name: string
  readonly parts: readonly string[]
}

const partsOf = (path: string): string[] => path.split('/').slice(1)

const PATTERNS: readonly Pattern[] = ROUTES.map((name) => ({ name, parts: partsOf(name) }))

const fits = ({ parts }: Pattern, path: readonly string[]): boolean => {
  const open = parts.at(-1) === '*'
  if (open ? path.length < parts.length : path.length !== parts.length) return false
  return parts.every((part, index) => part === '*' || part.startsWith(':') || part === path[index])
}

/** The pattern that an address fits; `/_next/*` for files of the build, `other` for everything else. */
export const routeName = (url: string): string => {
  const [path = ''] = url.split(/[?#]/)
  if (path.startsWith('/_next/')) return '/_next/*'
  const parts = partsOf(path)
  return PATTERNS.find((pattern) => fits(pattern, parts))?.name ?? 'other'
}

/** The board in an address, for logs; null for addresses of none. */
export const boardIn = (url: string): string | null =>
  /^\/(?:api\/boards|b|sync)\/([\w-]{1,64})(?=[/?#]|$)/.exec(url)?.[1] ?? null
