import { describe, expect, it } from 'vitest'
import { linkSecret, readLinkSecret } from './link-secret.ts'

const SECRET = 'a secret of the server that is long enough'

describe('the secret of a share link', () => {
  const shown = linkSecret('Ab_-9', SECRET)

  it('names its link, needs no escaping in an address, and is the same each time', () => {
    expect(readLinkSecret(shown, SECRET)).toBe('Ab_-9')
    expect(encodeURIComponent(shown)).toBe(shown)
    expect(linkSecret('Ab_-9', SECRET)).toBe(shown)
  })

  it('AP11: cannot be made from the id alone, nor under another server secret', () => {
    expect(readLinkSecret('Ab_-9', SECRET)).toBeNull()
    expect(readLinkSecret(`Ab_-9.${'A'.repeat(43)}`, SECRET)).toBeNull()
    expect(readLinkSecret(shown, 'another secret')).toBeNull()
  })

  it('AP11: with any character changed, added or left out opens nothing', () => {
    for (let at = 0; at < shown.length; at += 1) {
      const other = shown[at] === 'x' ? 'y' : 'x'
      expect(readLinkSecret(shown.slice(0, at) + other + shown.slice(at + 1), SECRET)).toBeNull()
      expect(readLinkSecret(shown.slice(0, at) + shown.slice(at + 1), SECRET)).toBeNull()
    }
    for (const more of ['=', ' ', '.', 'A']) expect(readLinkSecret(shown + more, SECRET)).toBeNull()
  })

  it('is refused when it is absurdly long or empty', () => {
    for (const text of ['', '.', 'a'.repeat(100_000)]) expect(readLinkSecret(text, SECRET)).toBeNull()
  })
})
