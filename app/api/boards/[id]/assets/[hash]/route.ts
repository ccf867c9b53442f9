import { openPicture } from '../../../../../../server/assets/board-assets.ts'
import { takesOnly } from '../../../../_http/methods.ts'
import { assetsContext, route } from '../../../../_http/route.ts'

interface Params {
  readonly id: string
  readonly hash: string
}

/** Somebody else's bytes under our origin: nothing in them may run, whatever a browser takes them for. */
const HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'content-disposition': 'inline',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // The address names the content, so it never changes; it is for this person's browser only.
  'cache-control': 'private, max-age=31536000, immutable',
  // Whoever signs in after them in the same browser has to ask.
  vary: 'cookie',
}

/** Whether the person may see the board is asked each time; what their browser has already, it may show again. */
export const GET = route<never, Params>(null, async ({ runtime, person, params, request }) => {
  const { id, hash } = params
  const { type, bytes, content } = await openPicture(assetsContext(runtime), person.id, id, hash)
  const headers = { ...HEADERS, 'content-type': type, etag: `"${hash}"` }
  const isKnown = request.headers.get('if-none-match')?.includes(headers.etag) === true
  const wanted = request.method === 'GET' && !isKnown
  if (!wanted) await content.cancel()
  if (isKnown) return new Response(null, { status: 304, headers })
  const sized = { ...headers, 'content-length': String(bytes) }
  return new Response(wanted ? content : null, { headers: sized })
})

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
