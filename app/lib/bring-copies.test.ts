import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { adoptionNote } from '../../server/auth/adoption-note.ts'
import { createDeviceCopy, listDeviceCopies } from '../../whiteboard/index.ts'
import { bringCopies } from './bring-copies.ts'

/** Cookies as pages see them: setting one that is over takes it away. */
class CookieJar {
  readonly #kept = new Map<string, string>()

  get cookie(): string {
    return [...this.#kept].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  set cookie(line: string) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0\b/i.test(line)) this.#kept.delete(name)
    else this.#kept.set(name, value)
  }
}

let jar: CookieJar
beforeEach(() => {
  jar = new CookieJar()
  jar.cookie = 'theme=dark; Path=/'
  const kept = new Map<string, string>()
  vi.stubGlobal('document', jar)
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const draw = async (personId: string, name: string): Promise<void> => {
  const copy = createDeviceCopy({ personId, boardId: 'board' })
  await copy.open(
    async () => null,
    () => {},
  )
  const doc = new Y.Doc()
  doc.getMap('elements').set(name, 1)
  copy.addLocal(Y.encodeStateAsUpdate(doc), 1)
  await copy.close()
}

const unsavedOf = async (personId: string): Promise<number> => {
  const copy = createDeviceCopy({ personId, boardId: 'board' })
  await copy.open(
    async () => null,
    () => {},
  )
  const { unsaved } = await copy.read()
  await copy.close()
  return unsaved
}

describe('what a browser keeps of a guest', () => {
  it.each([null, 'https://draw.example'])(
    'is the account’s once the server has said so, on %s',
    async (publicUrl) => {
      await draw('guest', 'offline')
      await draw('ben', 'his own')
      jar.cookie = adoptionNote({ publicUrl }, 'guest', 'ada')
      await bringCopies()
      expect([await unsavedOf('ada'), await unsavedOf('ben')]).toEqual([1, 1])
      expect(jar.cookie).toBe('theme=dark')
    },
  )

  it('comes along later too, as written by a tab that had not heard of it', async () => {
    jar.cookie = adoptionNote({ publicUrl: null }, 'guest', 'ada')
    await bringCopies()
    await draw('guest', 'late')
    await bringCopies()
    expect(await unsavedOf('ada')).toBe(1)
  })

  it('goes to the account that the server names, whoever signs in after that', async () => {
    await draw('first', 'one')
    jar.cookie = adoptionNote({ publicUrl: null }, 'first', 'ada')
    jar.cookie = adoptionNote({ publicUrl: null }, 'second', 'ben')
    await draw('second', 'two')
    await bringCopies()
    expect([await unsavedOf('ada'), await unsavedOf('ben')]).toEqual([1, 1])
  })

  it('stays where it is, and the note with it, while the browser gives no database', async () => {
    await draw('guest', 'offline')
    const { indexedDB } = globalThis
    const refusing = {
      open: () => {
        throw new Error('forbidden')
      },
    }
    vi.stubGlobal('indexedDB', refusing)
    jar.cookie = adoptionNote({ publicUrl: null }, 'guest', 'ada')
    await bringCopies()
    expect(jar.cookie).toContain('drawbridge.was.guest=ada')
    vi.stubGlobal('indexedDB', indexedDB)
    await bringCopies()
    expect(await unsavedOf('ada')).toBe(1)
  })

  it('is left alone where nobody became somebody else', async () => {
    await draw('guest', 'offline')
    await bringCopies()
    expect((await listDeviceCopies()).map(({ person }) => person)).toEqual(['guest'])
    jar.cookie = adoptionNote({ publicUrl: null }, 'guest', 'guest')
    await bringCopies()
    expect(await unsavedOf('guest')).toBe(1)
  })

  it('comes along though that of another guest cannot be moved, for which it is tried again', async () => {
    await draw('first', 'one')
    await draw('second', 'two')
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new Error('out of room')
    })
    jar.cookie = adoptionNote({ publicUrl: null }, 'first', 'ada')
    jar.cookie = adoptionNote({ publicUrl: null }, 'second', 'ben')
    await bringCopies()
    expect([await unsavedOf('ada'), await unsavedOf('ben')]).toEqual([0, 1])
    expect(jar.cookie).toBe('theme=dark; drawbridge.was.first=ada')
    await bringCopies()
    expect(await unsavedOf('ada')).toBe(1)
  })
})
