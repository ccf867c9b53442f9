import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figures } from './figures.ts'
import { Hand, paced } from './hand.ts'
import type { Compared } from './look-compare.ts'
import { centreOf, closeCamera, type Task, zoomStep } from './rows.ts'
import { bundled, type Subject } from './subject.ts'

type Wheel = readonly [deltaX: number, deltaY: number, ctrl: boolean]

/** A way across the board in jumps, each of a few events, after each of which a picture is taken. */
interface Way {
  readonly name: string
  /** Brings the page to where it begins. */
  begin(task: Task): Promise<unknown>
  /** The wheel at one event on the way to one of the pictures. */
  wheel(picture: number, zoomStep: number): Wheel
}

const PICTURES = 8
const EVENTS_BETWEEN = 6

/** CSS pixels of one event: so fast that the tiles are not there yet. */
const FAST = [60, 40] as const

const fit = ({ subject }: Task): Promise<unknown> => subject.page.evaluate(() => bench.fit())

/** At 100 %, so many events before the middle of the board. */
const close = (task: Task, before: number): Promise<unknown> => {
  const { x, y, zoom } = closeCamera(task)
  const camera = { x: x - FAST[0] * before, y: y - FAST[1] * before, zoom }
  return task.subject.page.evaluate((to) => bench.look(to), camera)
}

const WAYS: readonly Way[] = [
  {
    name: 'pan',
    begin: (task) => close(task, (PICTURES * EVENTS_BETWEEN) / 2),
    wheel: () => [...FAST, false],
  },
  {
    name: 'pan-fit',
    begin: fit,
    wheel: (index) => (index % 2 === 0 ? [25, 15, false] : [-25, -15, false]),
  },
  { name: 'zoom-in', begin: fit, wheel: (_, step) => [0, -step, true] },
  { name: 'zoom-out', begin: (task) => close(task, 0), wheel: (_, step) => [0, step, true] },
]

/** Milliseconds after everything was said to be drawn in which nothing may change any more. */
const AFTERWARDS = 700

const picture = async ({ cdp }: Subject): Promise<string> =>
  (await cdp.send('Page.captureScreenshot', { format: 'png' })).data

interface Look {
  readonly task: Task
  /** A bare canvas with the same scene, for what must be seen. */
  readonly reference: Subject
  readonly keep: (name: string, png: string) => Promise<void>
}

const compare = async ({ task, reference }: Look, png: string, other?: string): Promise<Compared> => {
  const camera = await task.subject.page.evaluate(() => bench.camera())
  const covered = await task.subject.page.evaluate(() => bench.covered())
  await reference.page.evaluate((to) => bench.look(to), camera)
  return reference.page.evaluate((pictures) => compareLooks(pictures), { png, other: other ?? png, covered })
}

const goAlong = async (look: Look, way: Way): Promise<Required<Pick<Figures, 'blank' | 'late'>>> => {
  const { task } = look
  const { subject } = task
  const { page } = subject
  const hand = new Hand(subject)
  const step = await zoomStep(task, PICTURES * EVENTS_BETWEEN)
  await way.begin(task)
  let blank = 0
  for (let index = 0; index < PICTURES; index++) {
    const wheel = way.wheel(index, step)
    await paced(EVENTS_BETWEEN, 1000, () => hand.wheel(centreOf(task.screen), ...wheel))
    const png = await picture(subject)
    await look.keep(`${way.name}-${index}`, png)
    blank = Math.max(blank, (await compare(look, png)).blank)
  }
  await page.evaluate(() => bench.untilPainted())
  const sharp = await picture(subject)
  await new Promise((resolve) => setTimeout(resolve, AFTERWARDS))
  const later = await picture(subject)
  await look.keep(`${way.name}-rest`, sharp)
  const rest = await compare(look, sharp, later)
  return { blank: Math.max(blank, rest.blank), late: rest.changed }
}

const keeper =
  (folder: string | null, count: number): Look['keep'] =>
  async (name, png) => {
    if (folder === null) return
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${count}-${name}.png`), Buffer.from(png, 'base64'))
  }

/** What stays blank while the board moves, and what changes after all was said to be drawn: the worst of all ways. */
export const measureLook = async (
  task: Task,
  reference: Subject,
  folder: string | null,
): Promise<Figures> => {
  await reference.page.addScriptTag({ content: bundled('look-compare.ts') })
  const look: Look = { task, reference, keep: keeper(folder, task.scene.elements.length) }
  let worst = { blank: 0, late: 0 }
  for (const way of WAYS) {
    const { blank, late } = await goAlong(look, way)
    worst = { blank: Math.max(worst.blank, blank), late: Math.max(worst.late, late) }
  }
  return worst
}
