import { toScreen } from '../geometry/camera.ts'
import { elementToWorld } from '../geometry/transform.ts'
import { localPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import { inkOn } from '../model/palette.ts'
import type { Peer, TextCaret } from '../model/presence.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { type CaretLine, caretAt, selectionBoxes } from '../model/text/caret-geometry.ts'
import { cssFont } from '../model/text/fonts.ts'
import { truncated } from '../model/text/graphemes.ts'
import { type WrittenText, writtenText } from '../model/text/written-text.ts'
import { CaretFlags } from './caret-flags.ts'
import { type Drafted, shownElement } from './drafted.ts'
import { peerColor } from './overlay-peers.ts'
import type { Viewport } from './viewport.ts'

/** CSS pixels. */
const BAR_WIDTH = 2
const DOT = 5
const FLAG_SIZE = 11
const FLAG_HEIGHT = 16
const FLAG_PADDING = 5
const FLAG_WIDTH = 130
/** Lines lower than this are too small to see a caret in. */
const SMALLEST_LINE = 5
const SELECTED = 0.28
/** So many peers' carets are drawn. */
const MOST_CARETS = 50

export interface CaretSource {
  readonly board: BoardReader
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly drafted: Drafted
}

/** In the element's own coordinates: marks what is selected. */
const paintSelected = (
  context: CanvasRenderingContext2D,
  written: WrittenText,
  caret: TextCaret,
  measure: TextMeasurer,
): void => {
  context.globalAlpha = SELECTED
  for (const { minX, minY, maxX, maxY } of selectionBoxes(written, caret.start, caret.end, measure)) {
    context.fillRect(minX, minY, maxX - minX, maxY - minY)
  }
  context.globalAlpha = 1
}

const paintFlag = (context: CanvasRenderingContext2D, peer: Peer, color: string): void => {
  context.font = `500 ${cssFont('sans', FLAG_SIZE)}`
  const name = truncated(peer.name, (part) => context.measureText(part).width <= FLAG_WIDTH)
  const width = context.measureText(name).width + 2 * FLAG_PADDING
  context.beginPath()
  context.roundRect(-BAR_WIDTH / 2, -FLAG_HEIGHT, width, FLAG_HEIGHT, [4, 4, 4, 0])
  context.fill()
  context.fillStyle = inkOn(color)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(name, FLAG_PADDING - BAR_WIDTH / 2, -FLAG_HEIGHT / 2 + 0.5)
}

/** A bar from the caret's top down, with the name of whose it is, or a dot where that would only be in the way. */
const paintBar = (context: CanvasRenderingContext2D, height: number, peer: Peer, isNamed: boolean): void => {
  const color = peerColor(peer)
  context.fillStyle = color
  context.fillRect(-BAR_WIDTH / 2, 0, BAR_WIDTH, height)
  if (isNamed && peer.name !== '') paintFlag(context, peer, color)
  else context.fillRect(-DOT / 2, -DOT / 2, DOT, DOT)
}

const paintCaret = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  element: Element,
  line: CaretLine,
  peer: Peer,
  isNamed: boolean,
): void => {
  const [x, y] = toScreen(view.camera, elementToWorld(element, localPoint(line.x, line.top)))
  context.save()
  context.translate(x, y)
  context.rotate(element.rotation)
  paintBar(context, (line.bottom - line.top) * view.camera.zoom, peer, isNamed)
  context.restore()
}

/** From an element's own coordinates to CSS pixels. */
const enter = (context: CanvasRenderingContext2D, view: Viewport, element: Element): void => {
  const [x, y] = toScreen(view.camera, elementToWorld(element, localPoint(0, 0)))
  context.translate(x, y)
  context.rotate(element.rotation)
  context.scale(view.camera.zoom, view.camera.zoom)
}

const paintOne = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: CaretSource,
  peer: Peer,
  isNamed: boolean,
): void => {
  const { caret } = peer
  const element = caret && shownElement(source.drafted, source.board, caret.element)
  const slot = element && source.kinds.get(element.type).textSlot(element)
  if (!slot || slot.caption) return
  const written = writtenText(element, source.kinds, source.measure)
  const line = written && caretAt(written, caret.end, source.measure)
  if (!line || (line.bottom - line.top) * view.camera.zoom < SMALLEST_LINE) return
  if (caret.start !== caret.end) {
    context.save()
    enter(context, view, element)
    context.fillStyle = peerColor(peer)
    paintSelected(context, written, caret, source.measure)
    context.restore()
  }
  paintCaret(context, view, element, line, peer, isNamed)
}

/** Where others type. Fetched with the first caret that there is to show. */
export class PeerCarets {
  readonly #flags = new CaretFlags()

  /** Takes notice of carets that moved; answers in how many milliseconds the next name goes, or null. */
  update(peers: readonly Peer[]): number | null {
    return this.#flags.update(peers, performance.now())
  }

  /** In the text as it is painted, which is the same place in the input over it. In CSS pixels. */
  paint(
    context: CanvasRenderingContext2D,
    view: Viewport,
    source: CaretSource,
    peers: readonly Peer[],
  ): void {
    const now = performance.now()
    const typing = peers.filter(({ caret }) => caret !== null).slice(0, MOST_CARETS)
    for (const peer of typing) paintOne(context, view, source, peer, this.#flags.isShown(peer.clientId, now))
  }
}
