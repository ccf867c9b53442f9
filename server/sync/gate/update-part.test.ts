import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { withDefaults } from '../limits.ts'
import { knownStructs } from './known-structs.ts'
import { admissiblePart } from './update-part.ts'

it('S93 a part tells that what it brings is deleted, to those who have it as it was', () => {
  const [drawer, other] = [new Y.Doc(), new Y.Doc()]
  const elements = drawer.getMap('elements')
  elements.set('gone', 1)
  const live = new Y.Doc()
  Y.applyUpdate(live, Y.encodeStateAsUpdate(drawer))
  elements.delete('gone')
  other.getMap('elements').set('foreign', 1)
  Y.applyUpdate(drawer, Y.encodeStateAsUpdate(other))
  const known = {
    ...knownStructs(new Y.Doc()),
    ownerOf: (client: number) => (client === other.clientID ? 'vic' : undefined),
  }
  const part = admissiblePart(Y.encodeStateAsUpdate(drawer), known, 'ada', withDefaults(), true)
  if (!part) throw new Error('Nothing is left')
  Y.applyUpdate(live, part)
  expect(live.getMap('elements').toJSON()).toEqual({})
})

it('S93 a part never takes a value away whose successor is left out', () => {
  const [stored, lost, drawer] = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  stored.getMap('elements').set('x', 1)
  lost.getMap('elements').set('y', 1)
  for (const doc of [stored, lost]) Y.applyUpdate(drawer, Y.encodeStateAsUpdate(doc))
  const elements = drawer.getMap('elements')
  elements.set('x', 2)
  // Builds on what the server has lost: the structs of this client end here.
  elements.set('y', 2)
  elements.set('x', 3)
  const known = {
    ...knownStructs(stored),
    ownerOf: (client: number) => (client === lost.clientID ? 'vic' : undefined),
  }
  const update = Y.encodeStateAsUpdate(drawer, Y.encodeStateVector(stored))
  const part = admissiblePart(update, known, 'ada', withDefaults(), true)
  if (part) Y.applyUpdate(stored, part)
  expect(stored.getMap('elements').get('x')).toBe(1)
})
