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
  const part = admissiblePart(Y.encodeStateAsUpdate(drawer), known, 'ada', withDefaults())
  if (!part) throw new Error('Nothing is left')
  Y.applyUpdate(live, part)
  expect(live.getMap('elements').toJSON()).toEqual({})
})
