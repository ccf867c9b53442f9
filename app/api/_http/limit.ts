import { Refusal } from '../../../server/boards/refusal.ts'

/** How many entries of a list are asked for; whoever makes the list keeps it within bounds. @throws Refusal `invalid` */
export const limitOf = (raw: string | null): number | undefined => {
  if (raw === null) return undefined
  if (!/^\d{1,6}$/.test(raw)) throw new Refusal('invalid', 'limit: a whole number, please.')
  return Number(raw)
}
