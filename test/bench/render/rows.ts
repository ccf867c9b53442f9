import type { Figures } from './figures.ts'
import { Hand } from './hand.ts'
import type { RowName } from './limits.ts'
import { EVENTS, type Motion, measureMotion, measureWarm } from './motion.ts'
import type { Screen } from './options.ts'
import type { Camera } from './recorder.ts'
import type { MeasuredScene } from './scene.ts'
import { heapOf, metricsOf, type Subject } from './subject.ts'

export interface Task {
  readonly subject: Subject
  readonly scene: MeasuredScene
  readonly screen: Screen
}

type Point = readonly [x: number, y: number]

/** A way of measuring one row, on our page and on the baselines. */
export interface Row {
  measure(task: Task): Promise<Figures>
}

/** A second time it would be another thing that is measured, or takes too long. */
export const once: readonly RowName[] = ['heap', 'fit', 'drag-all', 'people', 'look', 'heap-end']

/** As in the product: zoom per pixel of the wheel. */
const ZOOM_RATE = 0.01

export const centreOf = ({ viewport }: Screen): Point => [viewport.width / 2, viewport.height / 2]

/** 100 % in the middle of the board. */
export const closeCamera = ({ scene, screen }: Pick<Task, 'scene' | 'screen'>): Camera => {
  const [x, y] = centreOf(screen)
  return { x: scene.middle[0] - x, y: scene.middle[1] - y, zoom: 1 }
}

const lookClose = async (task: Task): Promise<void> => {
  await task.subject.page.evaluate((camera) => bench.look(camera), closeCamera(task))
}

const lookFit = async ({ subject }: Task): Promise<void> => {
  await subject.page.evaluate(() => bench.fit())
}

const motionRow = (motion: (task: Task) => Motion | Promise<Motion>): Row => ({
  measure: async (task) => {
    const measure = task.subject.name === 'tiles' ? measureWarm : measureMotion
    return measure(task.subject, await motion(task))
  },
})

const pan = motionRow((task) => ({
  begin: () => lookClose(task),
  act: (hand) => hand.wheel(centreOf(task.screen), 14, 9),
}))

const panFit = motionRow((task) => ({
  begin: () => lookFit(task),
  act: (hand, index) =>
    hand.wheel(centreOf(task.screen), Math.sin(index / 10) * 10, Math.cos(index / 10) * 10),
}))

/** The wheel's pixels of one event, when so many lead from everything to 100 %. */
export const zoomStep = async (task: Task, events = EVENTS): Promise<number> => {
  await lookFit(task)
  const { zoom } = await task.subject.page.evaluate(() => bench.camera())
  return Math.log(1 / zoom) / events / ZOOM_RATE
}

const zoomIn = motionRow(async (task) => {
  const step = await zoomStep(task)
  return {
    begin: () => lookFit(task),
    act: (hand) => hand.wheel(centreOf(task.screen), 0, -step, true),
  }
})

const zoomOut = motionRow(async (task) => {
  const step = await zoomStep(task)
  return {
    begin: () => lookClose(task),
    act: (hand) => hand.wheel(centreOf(task.screen), 0, step, true),
  }
})

/** A drag to and fro from where the target is. */
const dragging = (task: Task, look: () => Promise<void>, prepare?: (hand: Hand) => Promise<void>): Motion => {
  let from: Point = [0, 0]
  const at = (index: number): Point => [
    from[0] + 8 + 100 * Math.sin(index / 15),
    from[1] + 8 + 100 * Math.sin(index / 11),
  ]
  return {
    begin: async (hand) => {
      await look()
      await prepare?.(hand)
      const { x, y, zoom } = await task.subject.page.evaluate(() => bench.camera())
      from = [(task.scene.target.x - x) * zoom, (task.scene.target.y - y) * zoom]
      await hand.press(from)
    },
    act: (hand, index) => hand.drag(at(index)),
    end: (hand) => hand.release(at(EVENTS / 2)),
  }
}

/** Drags, sees to it that as many moved as were meant, and takes it back. */
const dragRow = (motion: (task: Task) => Motion, isRight: (moved: number, all: number) => boolean): Row => ({
  ...motionRow((task) => {
    const drag = motion(task)
    let before = new Map<string, string>()
    return {
      ...drag,
      begin: async (hand) => {
        const placed = await task.subject.page.evaluate(() => bench.places())
        before = new Map(placed.map(({ id, x, y }) => [id, `${x},${y}`]))
        await drag.begin(hand)
      },
      after: async (hand) => {
        const placed = await task.subject.page.evaluate(() => bench.places())
        const moved = placed.filter(({ id, x, y }) => before.get(id) !== `${x},${y}`).length
        if (!isRight(moved, placed.length))
          throw new Error(`${moved} of ${placed.length} elements were dragged.`)
        await hand.key('Control+z')
        await hand.key('Escape')
        await task.subject.page.evaluate(() => bench.untilPainted())
      },
    }
  }),
})

const isOne = (moved: number): boolean => moved === 1
const isAll = (moved: number, all: number): boolean => moved === all

const drag = dragRow((task) => dragging(task, () => lookClose(task)), isOne)
const dragFit = dragRow((task) => dragging(task, () => lookFit(task)), isOne)
const dragAll: Row = {
  ...dragRow(
    (task) =>
      dragging(
        task,
        () => lookFit(task),
        (hand) => hand.key('Control+a'),
      ),
    isAll,
  ),
}

const timed = async ({ subject }: Task, act: () => Promise<number>): Promise<Figures> => {
  const { page } = subject
  await page.evaluate(() => bench.start())
  const before = await metricsOf(subject)
  const time = await act()
  const after = await metricsOf(subject)
  const { longTasks } = await page.evaluate(() => bench.stop())
  return { time, processor: (after.processor - before.processor) * 1000, task: Math.max(0, ...longTasks) }
}

/** On a page that has shown nothing but a part of the board yet. */
const fit: Row = {
  measure: async (task) => {
    await lookClose(task)
    await task.subject.openAgain()
    return timed(task, () => task.subject.page.evaluate(() => bench.fit()))
  },
}

const selectAll: Row = {
  measure: async (task) => {
    const { page } = task.subject
    const hand = new Hand(task.subject)
    await lookFit(task)
    const figures = await timed(task, async () => {
      await page.keyboard.down('Control')
      await page.evaluate(() => bench.await('keydown'))
      await page.keyboard.press('a')
      await page.keyboard.up('Control')
      return page.evaluate(() => bench.answered())
    })
    await hand.key('Escape')
    await page.evaluate(() => bench.untilPainted())
    return figures
  },
}

const ink = motionRow((task) => {
  const [x, y] = centreOf(task.screen)
  const at = (index: number): Point => [x - 340 + index * 6, y + 80 * Math.sin(index / 7)]
  return {
    begin: async (hand) => {
      await lookClose(task)
      await hand.key('p')
      await hand.press(at(-2))
    },
    act: (hand, index) => hand.drag(at(index)),
    end: (hand) => hand.release(at(EVENTS)),
    after: async (hand) => {
      await hand.key('Control+z')
      await hand.key('v')
      await task.subject.page.evaluate(() => bench.untilPainted())
    },
  }
})

const heap: Row = {
  measure: async ({ subject }) => {
    const megabytes = await heapOf(subject)
    return { megabytes, canvases: await subject.page.evaluate(() => bench.canvases()) }
  },
}

/** The rows that need no more than an opened page. */
export const rows: Readonly<Partial<Record<RowName, Row>>> = {
  heap,
  pan,
  drag,
  fit,
  'pan-fit': panFit,
  'zoom-in': zoomIn,
  'zoom-out': zoomOut,
  'drag-fit': dragFit,
  'select-all': selectAll,
  'drag-all': dragAll,
  ink,
  'heap-end': heap,
}
