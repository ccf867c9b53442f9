import type { Camera } from '../../../whiteboard/geometry/camera.ts'
import { worldPoint } from '../../../whiteboard/geometry/types.ts'
import type { Element } from '../../../whiteboard/model/element.ts'
import type { CreateRenderer, Renderer, Scene } from '../../../whiteboard/render/contract.ts'
import { createRenderer } from '../../../whiteboard/render/index.ts'
import { asPeer } from '../../support/as-peer.ts'
import { EditorDriver } from '../../support/editor-driver.ts'
import { createRandom } from '../../support/random.ts'
import { belowOf, RandomHand } from '../../support/random-hand.ts'
import { type Below, varietyOf } from '../../support/variety.ts'
import { nextFrame } from './frames.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { newHost, Screen, shotOf } from './screen.ts'
import { seedIds } from './seeded-ids.ts'
import { drawStraight } from './straight.ts'

const SIZE = [900, 700] as const
const FURNITURE = 30
/** Steps between two comparisons. */
const STRIDE = 4

/** A person with a canvas. */
interface Seated {
  readonly driver: EditorDriver
  readonly hand: RandomHand
  readonly host: HTMLElement
  readonly renderer: Renderer
  /** Whether anything was shown that fades by itself, and is on the overlay for nobody knows how long. */
  readonly trailed: () => boolean
  readonly leave: () => void
}

const seat = (clientId: number, size: readonly [number, number], below: Below): Seated => {
  let renderer: Renderer | undefined
  let trailed = false
  const watched: CreateRenderer = (options) => {
    const made = createRenderer(options)
    const { setScene } = made
    made.setScene = (scene: Scene) => {
      trailed ||= scene.hints?.trail !== undefined
      setScene.call(made, scene)
    }
    renderer = made
    return made
  }
  const driver = new EditorDriver({ snapping: true, createRenderer: watched })
  driver.doc.clientID = clientId
  const host = newHost(size)
  const unmount = driver.editor.mount(host)
  if (!renderer) throw new Error('Nothing was mounted')
  return {
    driver,
    hand: new RandomHand(driver, below),
    host,
    renderer,
    trailed: () => trailed,
    leave: () => {
      unmount()
      driver.editor.dispose()
      host.remove()
    },
  }
}

/**
 * Of a board unit. Where the foot of letters lies exactly between two pixels, it is chance which of them it comes to; with
 * views and places that are off by this that happens seldom.
 */
const OFF = 0.137

const cameraOf = (below: Below): Camera => ({
  x: below(500) - 200 + OFF,
  y: below(400) - 150 + OFF,
  zoom: below(3) === 0 ? 1 : 2 ** (below(50) / 10 - 2.6),
})

const beside = (element: Partial<Element>): Partial<Element> => {
  const [x, y] = element.position ?? [0, 0]
  return { ...element, position: worldPoint(x + OFF, y + OFF) }
}

/** Two people at one board who do anything at all; one of them has a view that is looked at. */
class Session {
  readonly #me: Seated
  readonly #peer: Seated
  /** The random numbers of the step under way: steps can be left out without changing the others. */
  #below: Below
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
    this.#below = belowOf(seed)
    seedIds(createRandom(seed))
    const below: Below = (limit) => this.#below(limit)
    this.#peer = seat(2, [0, 0], below)
    this.#peer.driver.editor.create(varietyOf(FURNITURE, below).map(beside))
    this.#me = seat(1, SIZE, below)
    this.#peer.driver.connect(this.#me.driver)
    for (const { driver } of [this.#me, this.#peer]) driver.editor.setCamera({ x: OFF, y: OFF, zoom: 1 })
  }

  /** What is done in a step, in words. */
  async step(index: number): Promise<string> {
    this.#below = belowOf(this.#seed * 100_003 + index)
    const kinds = ['hand', 'hand', 'hand', 'peer', 'peer', 'under way', 'camera', 'camera', 'theme'] as const
    const kind = kinds[this.#below(kinds.length)] ?? 'hand'
    this.#acts[kind]()
    this.#showPeer()
    this.#clearPaper()
    for (let frames = this.#below(3); frames > 0; frames--) await nextFrame()
    const { driver } = this.#me
    return `${index} ${kind} ${driver.path} ${driver.elements.length} ${JSON.stringify(driver.scene.camera)}`
  }

  readonly #acts = {
    hand: () => this.#me.hand.act(),
    peer: () => this.#peer.hand.act(),
    camera: () => this.#me.driver.editor.setCamera(cameraOf(this.#below)),
    theme: () => this.#me.driver.editor.setTheme(this.#below(2) === 0 ? 'dark' : 'light'),
    /** A gesture that lasts into the next steps, here or at the peer's. */
    'under way': () => {
      const { driver } = this.#below(2) === 0 ? this.#me : this.#peer
      driver.up()
      driver.tool(this.#below(3) === 0 ? 'rectangle' : 'select')
      driver.wait(1_000).down(this.#below(900), this.#below(700))
      driver.move(this.#below(900), this.#below(700))
    },
  }

  /** Whether a pattern shows through highlighter depends on what else lies there. */
  #clearPaper(): void {
    const { board } = this.#me.driver
    if (board.settings.pattern === 'plain') return
    board.transact('remote', (edit) => edit.configure({ pattern: 'plain' }))
  }

  #showPeer(): void {
    const shown = asPeer(this.#peer.driver)
    this.#me.driver.editor.setPeers([{ ...shown, cursor: null, caret: null }])
  }

  /** How far what is seen is from what a new renderer shows, and from a straight drawing. */
  async look(): Promise<{ readonly fresh: Likeness; readonly straight: Likeness }> {
    const { driver, host, renderer, trailed } = this.#me
    await renderer.whenPainted()
    const { board, scene } = driver
    const other = new Screen({ board, size: SIZE, scene })
    await other.rest()
    const overlay = !trailed()
    const fresh = likenessOf(shotOf(host, { overlay }), other.shot({ overlay }))
    other.dispose()
    const plain = drawStraight({ board, scene, size: SIZE, ratio: 1, measure: renderer.measure })
    return { fresh, straight: likenessOf(shotOf(host), plain) }
  }

  end(): void {
    this.#me.leave()
    this.#peer.leave()
  }
}

export interface Unlike {
  readonly what: 'a fresh renderer' | 'a straight drawing'
  readonly likeness: Likeness
  readonly steps: readonly number[]
  readonly log: readonly string[]
}

/** The first difference when these steps are made one after the other, looked at every so many and at the end. */
const tryOut = async (seed: number, steps: readonly number[], stride: number): Promise<Unlike | null> => {
  const session = new Session(seed)
  const log: string[] = []
  try {
    for (const [count, step] of steps.entries()) {
      log.push(await session.step(step))
      if ((count + 1) % stride !== 0 && count + 1 < steps.length) continue
      const { fresh, straight } = await session.look()
      const done = steps.slice(0, count + 1)
      if (fresh.picture) return { what: 'a fresh renderer', likeness: fresh, steps: done, log }
      if (straight.picture) return { what: 'a straight drawing', likeness: straight, steps: done, log }
    }
    return null
  } finally {
    session.end()
  }
}

/** Without the steps that it does not need, as far as that is found out in so many tries. */
const shrunk = async (seed: number, found: Unlike, tries: number): Promise<Unlike> => {
  let [least, left] = [found, tries]
  for (let size = Math.ceil(found.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.steps.length && left > 0; left--) {
      const steps = least.steps.filter((_, index) => index < at || index >= at + size)
      const again = steps.length === 0 ? null : await tryOut(seed, steps, Number.POSITIVE_INFINITY)
      if (again) least = again
      else at += size
    }
  }
  return least
}

/** What differs after some steps from this seed, in as few steps as it needs; null when nothing does. */
export const handsAtWork = async (seed: number, count: number): Promise<Unlike | null> => {
  const steps = Array.from({ length: count }, (_, index) => index)
  const found = await tryOut(seed, steps, STRIDE)
  return found && shrunk(seed, found, 20)
}
