import { z } from 'zod'
import { cleanName, NAME_PROBLEM } from '../../../server/auth/name.ts'
import { Refusal } from '../../../server/boards/refusal.ts'
import type { PersonRow } from '../../../server/store/types.ts'
import { json } from '../_http/errors.ts'
import { takesOnly } from '../_http/methods.ts'
import { route } from '../_http/route.ts'

const view = ({ id, name, email }: PersonRow) => ({ id, name, email, isGuest: email === null })

export const GET = route(null, async ({ person }) => json(view(person)))

const change = z.object({ name: z.string('Please give a name.') })

export const PATCH = route(change, async ({ runtime: { store }, person, body }) => {
  const name = cleanName(body.name)
  if (name === null) throw new Refusal('invalid', NAME_PROBLEM)
  await store.people.rename(person.id, name)
  return json(view({ ...person, name }))
})

export const { OPTIONS, POST, PUT, DELETE } = takesOnly('GET', 'PATCH')
