import * as Y from 'yjs'
import { examineUpdate, type GateVerdict, type Known } from '../../server/sync/gate/gate.ts'
import { knownStructs } from '../../server/sync/gate/known-structs.ts'
import { type Limits, withDefaults } from '../../server/sync/limits.ts'

/** What the gate knows of a document, and of whose client ids are. */
export const knownOf = (doc: Y.Doc, owners: ReadonlyMap<number, string> = new Map()): Known => ({
  ...knownStructs(doc),
  ownerOf: (client) => owners.get(client),
})

/** What the gate says of ada's `update` before a document that knows `before`. */
export const verdict = (
  update: Uint8Array,
  before: Y.Doc = new Y.Doc(),
  limits: Limits = withDefaults(),
): GateVerdict => examineUpdate(update, knownOf(before), 'ada', limits)

export const docWith = (change: (doc: Y.Doc) => void, clientID?: number): Y.Doc => {
  const doc = new Y.Doc()
  if (clientID !== undefined) doc.clientID = clientID
  change(doc)
  return doc
}

type Random = () => number

export const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)]

/** One of the changes that the engine makes to a document. */
export const edit = (doc: Y.Doc, random: Random): void => {
  const elements = doc.getMap<Y.Map<unknown>>('elements')
  const id = pick(random, [...elements.keys()])
  const element = id === undefined ? undefined : elements.get(id)
  const key = pick(
    random,
    [...(element?.keys() ?? [])].filter((name) => name.startsWith('text/')),
  )
  const text = key === undefined ? undefined : (element?.get(key) as Y.Text)
  const kind = Math.floor(random() * 6)
  if (kind === 0 || !element) {
    const created = new Y.Map<unknown>([
      ['base', { type: 'draw', points: new Uint8Array([1, 2, 3]), at: [1, 2.5] }],
    ])
    elements.set(`e${Math.floor(random() * 1e6)}`, created)
  } else if (kind === 1 && id !== undefined) elements.delete(id)
  else if (kind === 2) element.set('position', [random() * 100, -1])
  else if (kind === 3 && text && random() < 0.9)
    text.insert(Math.floor(random() * (text.length + 1)), pick(random, ['a', 'né', '🙂', 'xyz']) ?? '')
  else if (kind === 3 && !element.has(`text/${doc.clientID}`))
    element.set(`text/${doc.clientID}`, new Y.Text('first'))
  else if (kind === 4 && text && text.length > 0) text.delete(Math.floor(random() * text.length), 1)
  else doc.getMap('meta').set('background', random())
}
