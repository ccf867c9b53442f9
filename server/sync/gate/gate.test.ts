import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type CraftedStruct, craftUpdate } from '../../../test/support/crafted-updates.ts'
import { docWith, edit, verdict } from '../../../test/support/gate-questions.ts'
import { createRandom } from '../../../test/support/random.ts'
import { withDefaults } from '../limits.ts'

const encode = Y.encodeStateAsUpdate

describe('what could hurt does not', () => {
  const ada = docWith((doc) => doc.getMap('elements').set('a', { type: 'rectangle', at: [1, 2] }), 1)

  it.each([1, 2, 3])(
    'SY2 bit flips and cuts never throw, and what passes applies without rest, seed %i',
    (seed) => {
      const random = createRandom(seed)
      const base = docWith((doc) => {
        for (let step = 0; step < 30; step++) edit(doc, random)
      }, 5)
      const later = docWith((doc) => Y.applyUpdate(doc, encode(base)), 6)
      for (let step = 0; step < 30; step++) edit(later, random)
      const update = encode(later, Y.encodeStateVector(base))
      for (let round = 0; round < 400; round++) {
        const broken = update.slice(0, random() < 0.2 ? Math.floor(random() * update.length) : update.length)
        const at = Math.floor(random() * broken.length)
        broken[at] = (broken[at] ?? 0) ^ (1 << Math.floor(random() * 8))
        const doc = docWith((fresh) => Y.applyUpdate(fresh, encode(base)))
        if (verdict(broken, doc).type !== 'admitted') continue
        Y.applyUpdate(doc, broken)
        expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
      }
    },
  )

  it('SY6 a gap: an update without its predecessor', () => {
    const doc = docWith((fresh) => fresh.getMap('elements').set('a', 1))
    const first = docWith((copy) => Y.applyUpdate(copy, encode(doc)))
    doc.getMap('elements').set('b', 1)
    const second = encode(doc, Y.encodeStateVector(first))
    expect(verdict(second)).toEqual({ type: 'gap' })
    expect(verdict(second, first)).toMatchObject({ type: 'admitted' })
  })

  it('a gap: an insertion beside what is not known', () => {
    const first = docWith((doc) => doc.getMap('elements').set('a', new Y.Text('ab')), 1)
    const second = docWith((doc) => {
      Y.applyUpdate(doc, encode(first))
      doc.getMap<Y.Text>('elements').get('a')?.insert(1, 'x')
    }, 2)
    expect(verdict(encode(second, Y.encodeStateVector(first)))).toEqual({ type: 'gap' })
  })

  it('SY5 a deletion of what nobody has typed yet', () => {
    // No structs; one client: 1, one range: from clock 5, 1000 long.
    expect(verdict(Uint8Array.of(0, 1, 1, 1, 5, 232, 7), ada)).toEqual({ type: 'early-delete' })
  })

  it('SY7 S90 a claim of endless clocks', () => {
    // One client with one struct: client 9 from clock 0, a GC of 2^48 or so.
    const huge = Uint8Array.of(1, 1, 9, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0)
    expect(verdict(huge)).toMatchObject({ type: 'too-large' })
  })

  it('SY3 S90 counts that lie, at once', () => {
    expect(verdict(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0))).toMatchObject({ type: 'malformed' })
    expect(verdict(Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 9, 0))).toMatchObject({ type: 'too-large' })
    expect(verdict(Uint8Array.of(0, 1, 1, 0xff, 0xff, 0xff, 0xff, 0x0f))).toMatchObject({ type: 'too-large' })
  })

  it('two people whose insertions each wait for the other', () => {
    // Clients 9 and 8, one GC each would be free; these are texts whose left neighbours are each other.
    const item = (client: number, left: number) => [1, client, 0, 0x84, left, 0, 1, 97]
    expect(verdict(Uint8Array.of(2, ...item(9, 8), ...item(8, 9), 0))).toEqual({ type: 'gap' })
  })

  it('an insertion that builds on its own future', () => {
    expect(verdict(Uint8Array.of(1, 1, 9, 0, 0x84, 9, 5, 1, 97, 0))).toMatchObject({ type: 'malformed' })
  })

  it('structs and delete ranges of no length, which Yjs would stumble over later', () => {
    expect(verdict(Uint8Array.of(1, 1, 9, 0, 0, 0, 0))).toMatchObject({ type: 'malformed' })
    expect(verdict(Uint8Array.of(0, 1, 1, 1, 0, 0), ada)).toMatchObject({ type: 'malformed' })
    expect(verdict(Uint8Array.of(0, 1, 1, 1, 0, 1), ada)).toMatchObject({ type: 'admitted' })
  })

  it('an update that says a client twice, of which Yjs would forget one', () => {
    const section = [1, 9, 0, 0, 1]
    expect(verdict(Uint8Array.of(2, ...section, ...section, 0))).toMatchObject({ type: 'malformed' })
  })

  it.each([
    ['another root', (doc: Y.Doc) => doc.getMap('permissions').set('owner', 'me')],
    ['a root of another kind', (doc: Y.Doc) => doc.getArray('elements').push([1])],
    ['a text as a root', (doc: Y.Doc) => doc.getText('text/a').insert(0, 'x')],
    ['a text instead of the elements', (doc: Y.Doc) => doc.getText('elements').insert(0, 'x')],
    ['a subdocument', (doc: Y.Doc) => doc.getMap('elements').set('a', new Y.Doc())],
    ['an XML element', (doc: Y.Doc) => doc.getMap('elements').set('a', new Y.XmlElement('script'))],
    [
      'a value 40 levels deep',
      (doc: Y.Doc) => {
        let value: unknown = 1
        for (let level = 0; level < 40; level++) value = { value }
        doc.getMap('elements').set('a', value)
      },
    ],
  ])('SY9 SY10 CT10 S35: %s', (_, change) => {
    expect(verdict(encode(docWith(change)))).toMatchObject({ type: 'malformed' })
  })

  it('SY7 S90 four hundred thousand structs of one letter', () => {
    const structs = Array.from({ length: 400_000 }, (_, clock) => ({
      type: 'text' as const,
      text: 'x',
      after: [9, clock] as const,
    }))
    const root = { type: 'item', key: 'a' } as const
    const bomb = craftUpdate({ sections: [{ client: 9, clock: 0, structs: [root, ...structs] }] })
    expect(verdict(bomb)).toMatchObject({ type: 'too-large' })
  })

  it.each([2 ** 31, 2 ** 32, 2 ** 48, Number.MAX_SAFE_INTEGER])('SY7 S90 clock and length %i', (huge) => {
    const garbage = (clock: number, length: number) =>
      craftUpdate({ sections: [{ client: 9, clock, structs: [{ type: 'garbage', length }] }] })
    expect(verdict(garbage(huge, 1))).toEqual({ type: 'gap' })
    expect(verdict(garbage(0, huge))).toMatchObject({ type: 'too-large' })
    const skipping = craftUpdate({
      sections: [
        {
          client: 9,
          clock: 0,
          structs: [
            { type: 'skip', length: huge },
            { type: 'item', key: 'a' },
          ],
        },
      ],
    })
    expect(verdict(skipping)).toEqual({ type: 'gap' })
    expect(verdict(craftUpdate({ deletes: [[1, huge, huge]] }), ada)).toEqual({ type: 'early-delete' })
  })

  it('SY7 S30 a text that claims to be a gigabyte', () => {
    const claim = [0x80, 0x80, 0x80, 0x80, 0x04]
    expect(verdict(Uint8Array.of(1, 1, 9, 0, 0x84, 9, 0, ...claim, 97, 0))).toMatchObject({
      type: 'malformed',
    })
  })

  it('S90 hundreds of values of one key by people who knew of none, at once or one after the other', () => {
    const first = { type: 'item', key: 'a' } as const
    const by = (client: number, count: number) =>
      craftUpdate({
        sections: [{ client, clock: 0, structs: Array.from({ length: count }, () => first) }],
      })
    expect(verdict(by(9, 501))).toMatchObject({ type: 'too-large' })
    const doc = new Y.Doc()
    for (let client = 1; client <= 500; client++) {
      expect(verdict(by(client, 1), doc)).toMatchObject({ type: 'admitted' })
      Y.applyUpdate(doc, by(client, 1))
    }
    expect(verdict(by(501, 1), doc)).toMatchObject({ type: 'too-large' })
    const person = docWith((fresh) => {
      Y.applyUpdate(fresh, encode(doc))
      fresh.getMap('elements').set('a', 2)
    }, 502)
    expect(verdict(encode(person, Y.encodeStateVector(doc)), doc)).toMatchObject({ type: 'admitted' })
    expect(verdict(encode(person), doc)).toMatchObject({ type: 'admitted' })
  })

  it('S98 several units as the value of a key, however they get there', () => {
    const several = Uint8Array.of(2, 127, 127)
    const single = Uint8Array.of(1, 127)
    const item = {
      type: 'any',
      origin: null,
      rightOrigin: null,
      parent: 'elements',
      key: 'a',
      content: 8,
      bytes: several,
    } as const
    const of = (...structs: CraftedStruct[]) => craftUpdate({ sections: [{ client: 9, clock: 0, structs }] })
    const beside = (unit: readonly [number, number], bytes: Uint8Array) =>
      ({ ...item, origin: unit, key: null, bytes }) as const
    expect(verdict(of(item))).toMatchObject({ type: 'malformed' })
    expect(verdict(of({ ...item, bytes: single }, beside([9, 0], several)))).toMatchObject({
      type: 'malformed',
    })
    const twice = of({ ...item, bytes: single }, beside([9, 0], single), beside([9, 1], several))
    expect(verdict(twice)).toMatchObject({ type: 'malformed' })
    expect(verdict(of(beside([1, 0], several)), ada)).toMatchObject({ type: 'malformed' })
    const behind = [
      { type: 'skip', length: 1 },
      { type: 'text', text: 'xy', after: [1, 0] },
    ] as const
    expect(verdict(craftUpdate({ sections: [{ client: 1, clock: 0, structs: behind }] }), ada)).toMatchObject(
      {
        type: 'malformed',
      },
    )
    // The rest of an item goes where its beginning is.
    const longer = { ...item, parent: [1, 0], key: null, bytes: Uint8Array.of(3, 127, 127, 127) } as const
    const overlapping = craftUpdate({ sections: [{ client: 1, clock: 1, structs: [longer] }] })
    const styled = docWith((doc) => doc.getMap('elements').set('a', new Y.Map([['width', 1]])), 1)
    expect(verdict(overlapping, styled)).toMatchObject({ type: 'malformed' })
    // Yjs itself forgets that an item is a key's value where updates are merged without a document.
    expect(verdict(of(beside([1, 0], single)), ada)).toMatchObject({ type: 'admitted' })
  })

  it('S98 letters of which the beginning is in another text, on which Yjs would throw when that is removed', () => {
    const doc = docWith((fresh) => {
      for (const key of ['a', 'b']) fresh.getMap('elements').set(key, new Y.Map([['text', new Y.Text('xy')]]))
    }, 1)
    const [first, second] = ['a', 'b'].map((key) => {
      const text = (doc.getMap('elements').get(key) as Y.Map<Y.Text>).get('text') as Y.Text
      return text._start?.id.clock ?? 0
    }) as [number, number]
    const torn = (after: number) =>
      craftUpdate({
        sections: [
          { client: 1, clock: second + 1, structs: [{ type: 'text', text: 'yz', after: [1, after] }] },
        ],
      })
    expect(verdict(torn(first), doc)).toMatchObject({ type: 'malformed' })
    expect(verdict(torn(second), doc)).toMatchObject({ type: 'admitted' })
  })

  it('S98 but not letters typed on into what others removed before they heard of them', () => {
    const ada = docWith((fresh) => {
      fresh.getMap('elements').set('a', new Y.Map([['text', new Y.Text('x')]]))
    }, 1)
    const ben = docWith((fresh) => Y.applyUpdate(fresh, encode(ada)), 2)
    ben.getMap('elements').delete('a')
    const server = docWith((fresh) => Y.applyUpdate(fresh, encode(ben)))
    const text = (ada.getMap('elements').get('a') as Y.Map<Y.Text>).get('text') as Y.Text
    const before = Y.encodeStateVector(ada)
    text.insert(1, 'y')
    Y.applyUpdate(server, encode(ada, before))
    text.insert(2, 'z')
    const overlapping = encode(ada, before)
    expect(verdict(overlapping, server).type).not.toBe('malformed')
  })

  it.each([1000, 2 ** 40])(
    'SY7 S98 so many deleted units at once that may be the value of a key: %i',
    (length) => {
      const item = { type: 'any', origin: null, rightOrigin: null, parent: 'elements', key: 'a' } as const
      const number = { ...item, content: 8, bytes: Uint8Array.of(1, 127) } as const
      const bytes = encoding.encode((encoder) => encoding.writeVarUint(encoder, length))
      const of = (letterAfter: number): Uint8Array => {
        const deleted = { ...item, origin: [9, 0], key: null, content: 1, bytes } as const
        const letter = {
          ...item,
          origin: [9, letterAfter],
          key: null,
          content: 4,
          bytes: Uint8Array.of(1, 97),
        } as const
        return craftUpdate({ sections: [{ client: 9, clock: 0, structs: [number, deleted, letter] }] })
      }
      // Beside the first of them, and beside the last.
      for (const unit of [1, length]) {
        expect(verdict(of(unit))).toEqual({
          type: 'malformed',
          detail: 'what belongs in a list stands beside the value of a key',
        })
      }
    },
  )

  it('SY7 S90 one deletion a hundred thousand times, each of which Yjs would go through', () => {
    const doc = docWith((fresh) => {
      for (let index = 0; index < 200; index++) fresh.getMap('elements').set(`${index}`, index)
      fresh.getMap('elements').clear()
    }, 9)
    const range = [0, 0xc8, 0x01]
    const of = (count: number) =>
      Uint8Array.from([0, 1, 9, (count % 128) | 128, count >> 7, ...Array(count).fill(range).flat()])
    expect(verdict(of(101), doc)).toMatchObject({ type: 'admitted' })
    expect(verdict(of(10_000), doc)).toMatchObject({ type: 'too-large' })
    const sections = Array.from({ length: 10_000 }, () => [9, 0, 200] as const)
    expect(verdict(craftUpdate({ deletes: sections }), doc)).toMatchObject({ type: 'malformed' })
  })

  describe('S114 SY7 lists that are cut into thousands of pieces', () => {
    const listOf = (count: number) =>
      docWith((doc) => {
        const list = new Y.Array<number>()
        doc.getMap('elements').set('list', list)
        list.push(Array.from({ length: count }, (_, index) => index % 10))
      }, 1)
    /** Every second of so many values. */
    const deletions = (doc: Y.Doc, count: number) =>
      encoding.encode((encoder) => {
        for (const number of [0, 1, doc.clientID, count]) encoding.writeVarUint(encoder, number)
        for (let index = 0; index < count; index++) {
          encoding.writeVarUint(encoder, 2 + 2 * index)
          encoding.writeVarUint(encoder, 1)
        }
      })

    it('by what it deletes', () => {
      const doc = listOf(60_000)
      expect(verdict(deletions(doc, 20_000), doc)).toMatchObject({ type: 'too-large' })
      expect(verdict(deletions(doc, 100), doc)).toMatchObject({ type: 'admitted' })
    })

    const between = (client: number, count: number): CraftedStruct[] =>
      Array.from({ length: count }, (_, index) => ({
        type: 'any',
        origin: [client, 2 + index],
        rightOrigin: [client, 3 + index],
        parent: '',
        key: null,
        content: 8,
        bytes: Uint8Array.of(1, 125, 1),
      }))

    it('by what it puts between', () => {
      const doc = listOf(60_000)
      const update = craftUpdate({ sections: [{ client: 2, clock: 0, structs: between(1, 10_000) }] })
      expect(verdict(update, doc)).toMatchObject({ type: 'too-large' })
      const few = craftUpdate({ sections: [{ client: 2, clock: 0, structs: between(1, 100) }] })
      expect(verdict(few, doc)).toMatchObject({ type: 'admitted' })
    })
  })

  it('S90 more client ids than an update may bring', () => {
    const sections = Array.from({ length: 2001 }, (_, client) => ({
      client,
      clock: 0,
      structs: [{ type: 'item', key: `${client}` } as const],
    }))
    expect(verdict(craftUpdate({ sections }))).toMatchObject({ type: 'too-large' })
    expect(verdict(craftUpdate({ sections: sections.slice(1) }))).toMatchObject({ type: 'admitted' })
  })

  it('S90 not a board of 50,000 elements as one update', () => {
    const board = docWith((doc) =>
      doc.transact(() => {
        for (let index = 0; index < 50_000; index++) {
          const base = { type: 'rectangle', position: [index, 2.5 * index], order: `a${index}` }
          doc.getMap('elements').set(
            `element-${index}`,
            new Y.Map<unknown>([
              ['base', base],
              ['text/1', new Y.Text('hello')],
            ]),
          )
        }
      }),
    )
    const update = encode(board)
    expect(update.length).toBeGreaterThan(5e6)
    expect(verdict(update)).toMatchObject({ type: 'admitted', claims: [board.clientID] })
  })

  it('more structs than an update may have', () => {
    const doc = docWith((fresh) => {
      for (let index = 0; index < 20; index++) fresh.getMap('elements').set(`${index}`, index)
    })
    expect(verdict(encode(doc), new Y.Doc(), withDefaults({ updateStructs: 10 }))).toMatchObject({
      type: 'too-large',
    })
  })
})
