import { previewBoard } from '../../../../../server/boards/preview.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'

/** The picture holds what people wrote: nothing in it may run or load anything, also when it is opened by itself. */
const HEADERS = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // Kept by the person's own browser, and asked for each time whether it is still right.
  'cache-control': 'private, no-cache',
}

export const GET = route<never, { readonly id: string }>(
  null,
  async ({ boards, runtime: { artist }, person, params, request }) => {
    const theme = request.nextUrl.searchParams.get('theme') === 'dark' ? 'dark' : 'light'
    const { svg, tag } = await previewBoard({ ...boards, artist }, person.id, params.id, theme)
    const headers = { ...HEADERS, etag: `"${tag}"` }
    const known = request.headers.get('if-none-match')?.includes(headers.etag) === true
    return known ? new Response(null, { status: 304, headers }) : new Response(svg, { headers })
  },
)

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
