import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createPresence } from '../../whiteboard/collab/presence.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import { screenPoint } from '../../whiteboard/geometry/types.ts'
import type { Draft } from '../../whiteboard/model/draft.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { strokePoints } from '../../whiteboard/model/ink-pieces.ts'
import type { LocalPresence } from '../../whiteboard/model/presence.ts'
import type { RawPointer } from '../../whiteboard/tools/navigation.ts'
import { EditorDriver } from '../support/editor-driver.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createRandom } from '../support/random.ts'

/**
 * What a stroke of 100 points costs in the document, and on the way to a peer while it is drawn, against the same strokes
 * with their points as an array of `{x, y, pressure}` objects: `npm run bench:ink`. Both go through the same document
 * layout and the same presence encoder, with the same number of messages. Ends with code 1 if ours is not at least
 * `LEAST` times smaller.
 */
const LEAST = 8
const POINTS = 100
const STROKES = 20
/** Milliseconds between points of a hand, as a pen or a good mouse reports it. */
const INTERVAL = 8
/** Milliseconds between checks of the clock. */
const TICK = 1

interface Hand {
  readonly name: string
  readonly pointerType: RawPointer['pointerType']
  readonly zoom: number
  /** CSS pixels to which the device reports places. */
  readonly grain: number
}

const HANDS: readonly Hand[] = [
  { name: 'mouse', pointerType: 'mouse', zoom: 1, grain: 1 },
  { name: 'mouse, zoomed to 137 %', pointerType: 'mouse', zoom: 1.37, grain: 1 },
  { name: 'pen with pressure', pointerType: 'pen', zoom: 1, grain: 0.25 },
  { name: 'pen with pressure, zoomed to 137 %', pointerType: 'pen', zoom: 1.37, grain: 0.25 },
]

interface Place {
  readonly x: number
  readonly y: number
  readonly pressure: number
}

/** The loops and waves of handwriting, a little unsteady. */
const handwriting = ({ pointerType, grain }: Hand, seed: number): Place[] => {
  const random = createRandom(seed)
  const [reach, pace, rise] = [20 + random() * 40, 0.12 + random() * 0.15, random() * 2 - 1]
  const snapped = (value: number): number => Math.round(value / grain) * grain
  return Array.from({ length: POINTS }, (_, index) => ({
    x: snapped(300 + index * 2.5 + Math.sin(index * pace * 0.7) * reach * 0.6 + (random() - 0.5) * 0.6),
    y: snapped(300 + index * rise + Math.sin(index * pace) * reach + (random() - 0.5) * 0.6),
    pressure:
      pointerType === 'pen'
        ? Math.round((0.45 + 0.3 * Math.sin(index / 14) + random() * 0.02) * 1024) / 1024
        : 0.5,
  }))
}

interface Bytes {
  readonly document: number
  readonly presence: number
  readonly messages: number
}

/** One stroke drawn with the editor; what it shows to peers on the way is given to `onShow`. */
const draw = (hand: Hand, places: readonly Place[], onShow: (shown: LocalPresence) => void): EditorDriver => {
  const person = new EditorDriver()
  const clock = { now: 1_000 }
  person.editor.setCamera({ x: 12.3, y: 45.6, zoom: hand.zoom })
  person.editor.setTool('pen')
  person.editor.onPresence(onShow)
  const raw = ({ x, y, pressure }: Place, button: number): RawPointer => ({
    pointerId: 1,
    pointerType: hand.pointerType,
    button,
    screen: screenPoint(x, y),
    pressure,
    shift: false,
    alt: false,
    ctrl: false,
    coalesced: [{ screen: screenPoint(x, y), pressure }],
    timeStamp: clock.now,
  })
  places.forEach((place, index) => {
    clock.now += INTERVAL
    if (index === 0) person.editor.input.pointerDown(raw(place, 0))
    else person.editor.input.pointerMove(raw(place, -1))
  })
  const last = places.at(-1)
  if (last) person.editor.input.pointerUp(raw(last, 0))
  return person
}

/** The same element with its points as objects in place of packed ones. */
const asObjects = (element: Element): Element => {
  const { ink: _ink, ...rest } = element
  const points = strokePoints(element).map(([x, y, pressure]) => ({ x, y, pressure }))
  return { ...rest, points } as unknown as Element
}

const withObjects = (shown: LocalPresence): LocalPresence => {
  const { draft } = shown
  if (draft?.type !== 'create') return shown
  const objects: Draft = { type: 'create', elements: draft.elements.map(asObjects) }
  return { ...shown, draft: objects }
}

/** Bytes of all awareness messages while the states are shown one after the other. */
const sentBytes = (states: readonly LocalPresence[]): { bytes: number; messages: number } => {
  const clock = createManualClock()
  const awareness = new Awareness(new Y.Doc())
  const presence = createPresence({ awareness, kinds, clock })
  let [bytes, messages] = [0, 0]
  awareness.on('update', () => {
    bytes += encodeAwarenessUpdate(awareness, [awareness.clientID]).length
    messages += 1
  })
  for (const state of states) {
    presence.show(state)
    for (let time = 0; time < INTERVAL; time += TICK) clock.advance(TICK)
  }
  clock.advance(100)
  presence.dispose()
  awareness.destroy()
  return { bytes, messages }
}

/** Bytes of the document update that brings an element, in the layout of the board store. */
const documentBytes = (element: Element, objects: boolean): number => {
  const person = new EditorDriver()
  let bytes = 0
  person.board.transact('user', (edit) =>
    edit.create({ ...element, id: `x${element.id}`.slice(0, 12) as Element['id'] }),
  )
  person.doc.on('update', (update: Uint8Array) => {
    bytes += update.length
  })
  person.board.transact('user', (edit) => edit.create(objects ? asObjects(element) : element))
  return bytes
}

const measure = (hand: Hand): { ours: Bytes; theirs: Bytes } => {
  const sums = {
    ours: { document: 0, presence: 0, messages: 0 },
    theirs: { document: 0, presence: 0, messages: 0 },
  }
  for (let seed = 1; seed <= STROKES; seed++) {
    const states: LocalPresence[] = []
    const person = draw(hand, handwriting(hand, seed), (shown) => states.push(shown))
    const drawing = states.filter(({ draft }) => draft !== null)
    const [packed, objects] = [sentBytes(drawing), sentBytes(drawing.map(withObjects))]
    if (packed.messages !== objects.messages)
      throw new Error('Both must be sent in the same number of messages.')
    sums.ours.document += documentBytes(person.only, false)
    sums.theirs.document += documentBytes(person.only, true)
    sums.ours.presence += packed.bytes
    sums.theirs.presence += objects.bytes
    sums.ours.messages += packed.messages
    sums.theirs.messages += objects.messages
  }
  return sums
}

const perStroke = (bytes: number): string => `${Math.round(bytes / STROKES).toLocaleString('en')} B`

const row = (name: string, ours: number, theirs: number): number => {
  const ratio = theirs / ours
  console.log(
    `${name.padEnd(52)}${perStroke(ours).padStart(10)}${perStroke(theirs).padStart(12)}${`${ratio.toFixed(1)}×`.padStart(9)}`,
  )
  return ratio
}

console.log(
  `${`per stroke of ${POINTS} points`.padEnd(52)}${'packed'.padStart(10)}${'objects'.padStart(12)}${'ratio'.padStart(9)}`,
)
const ratios = HANDS.flatMap((hand) => {
  const { ours, theirs } = measure(hand)
  const messages = Math.round(ours.messages / STROKES)
  return [
    row(`${hand.name}: document`, ours.document, theirs.document),
    row(`${hand.name}: to a peer (${messages} messages)`, ours.presence, theirs.presence),
  ]
})
const worst = Math.min(...ratios)
console.log(`At least ${worst.toFixed(1)} times smaller; wanted: ${LEAST}.`)
process.exitCode = worst < LEAST ? 1 : 0
