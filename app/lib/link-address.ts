import { healLink } from '../../whiteboard/index.ts'

const MAIL = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/
const HOST = /^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#]|$)/i

/**
 * The address that somebody means: what they leave out (`https://`, `mailto:`) is added. Null for all that is no address
 * of the web or of a mailbox, so that no link can run anything.
 */
export const readAddress = (text: string): string | null => {
  const typed = text.trim()
  if (MAIL.test(typed)) return healLink(`mailto:${typed}`)
  return healLink(HOST.test(typed) ? `https://${typed}` : typed)
}

/** The address of an element of a board; opening it shows the board there. */
export const elementAddress = (boardId: string, elementId: string): string =>
  `${location.origin}/b/${boardId}#${encodeURIComponent(elementId)}`

/** The element of this board that an address points at; null for all other addresses. */
export const elementOfAddress = (address: string, boardId: string): string | null => {
  if (!URL.canParse(address, location.origin)) return null
  const { origin, pathname, hash } = new URL(address, location.origin)
  if (origin !== location.origin || pathname !== `/b/${boardId}` || hash.length < 2) return null
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return null
  }
}
