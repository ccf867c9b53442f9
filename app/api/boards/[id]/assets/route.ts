import { addPicture } from '../../../../../server/assets/board-assets.ts'
import { takeOrRefuse } from '../../../../../server/auth/take-or-refuse.ts'
import { json } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { assetsContext, route } from '../../../_http/route.ts'

/** Takes the bytes of a picture as they are; what kind it is, they say themselves. */
export const POST = route<never, { readonly id: string }>(
  null,
  async ({ runtime, person, params, request }) => {
    await takeOrRefuse(runtime.limits.uploads, person.id, 'You brought many pictures.')
    const declared = Number(request.headers.get('content-length') ?? 0)
    const upload = { body: request.body, declared: Number.isFinite(declared) ? declared : 0 }
    return json(await addPicture(assetsContext(runtime), person.id, params.id, upload), 201)
  },
)

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
