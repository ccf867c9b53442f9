import { keep, readKept } from './kept.ts'

/** Guests of this browser, each with the account that they became part of: the newest last. */
type Adoptions = readonly (readonly [guest: string, account: string])[]

const KEY = 'drawbridge.was'

/** As many as are looked after: a tab that was open without a network may go on writing as the guest for long. */
const MOST = 10

/** `server/auth/adoption-note.ts` writes them. */
const NOTE = /(?:^|;\s*)((?:__Host-)?drawbridge\.was\.([\w-]+))=([\w-]+)/g

const notes = (): { name: string; guest: string; account: string }[] =>
  [...document.cookie.matchAll(NOTE)].map(([, name = '', guest = '', account = '']) => ({
    name,
    guest,
    account,
  }))

const forgetNote = (name: string): void => {
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not to be had in all browsers, nor without https
  document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${secure}`
}

const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')

const known = (): Adoptions => {
  const kept = readKept(KEY)
  return Array.isArray(kept) ? kept.filter(isPair) : []
}

/** Whether it worked: storage may be forbidden, and nothing was kept; or what there is waits where it is. */
const move = async (guest: string, account: string): Promise<boolean> => {
  try {
    const { moveDeviceWork } = await import('../../whiteboard/index.ts')
    await moveDeviceWork(guest, account)
    return true
  } catch {
    return false
  }
}

/**
 * Whichever way a guest of this browser signed in: what the browser keeps of their boards, unsent work above all, becomes the
 * account's, as their boards have. The server says in a cookie who became whom; the cookie goes once this is done. Never
 * throws: where the browser does not let us, it is tried again by the next page.
 */
export const bringCopies = async (): Promise<void> => {
  const found = notes().filter(({ guest, account }) => guest !== account)
  const pairs = new Map([...known(), ...found.map(({ guest, account }) => [guest, account] as const)])
  if (pairs.size === 0) return
  keep(KEY, [...pairs].slice(-MOST))
  const stuck = new Set<string>()
  for (const [guest, account] of pairs) if (!(await move(guest, account))) stuck.add(guest)
  for (const { name, guest } of found) if (!stuck.has(guest)) forgetNote(name)
}
