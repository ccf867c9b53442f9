import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Figures, frameFigures } from './figures.ts'
import type { Crowd } from './people-process.ts'
import type { ProductBoard } from './product.ts'
import { closeCamera, type Task } from './rows.ts'
import { metricsOf } from './subject.ts'

/** How many people move things, and for how many milliseconds it is watched. */
const PEOPLE = 20
const SETTLE = 1000
const WATCHED = 3000

/** Elements all over the view, for one person each. */
const spread = ({ scene, screen }: Task): string[] => {
  const { x, y } = closeCamera({ scene, screen })
  const { width, height } = screen.viewport
  const inView = scene.elements.filter(({ position, size }) => {
    const [left, top] = [position[0] - x, position[1] - y]
    return left > 80 && top > 80 && left + size[0] < width - 80 && top + size[1] < height - 80
  })
  const step = inView.length / PEOPLE
  if (step < 1) throw new Error('There is too little in view for so many people.')
  return Array.from({ length: PEOPLE }, (_, index) => inView[Math.floor(index * step)]?.id ?? '')
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Has people drag things about while `watch` runs. */
const withPeople = async <Result>(crowd: Crowd, watch: () => Promise<Result>): Promise<Result> => {
  const child = fork(join(import.meta.dirname, 'people-process.ts'), { execArgv: ['--import', 'tsx'] })
  try {
    child.send(crowd)
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('The people left.'))),
    ])
    await wait(SETTLE)
    return await watch()
  } finally {
    child.kill()
  }
}

const watch = async ({ subject }: Task): Promise<Figures> => {
  const { page } = subject
  await page.evaluate(() => bench.start())
  const before = await metricsOf(subject)
  await wait(WATCHED)
  const after = await metricsOf(subject)
  const { frames, longTasks } = await page.evaluate(() => bench.stop())
  return {
    ...frameFigures(frames),
    work: ((after.task - before.task) * 1000) / frames.length,
    processor: ((after.processor - before.processor) * 1000) / frames.length,
    task: Math.max(0, ...longTasks),
  }
}

/** Frames, and work for each of them, while others drag 20 elements in view. */
export const measurePeople = async (task: Task, board: ProductBoard): Promise<Figures> => {
  const { page } = task.subject
  await page.evaluate((camera) => bench.look(camera), closeCamera(task))
  const before = await page.evaluate(() => bench.places())
  const wanted = new Set(spread(task))
  const elements = before.filter(({ id }) => wanted.has(id))
  const tickets = await board.invite(PEOPLE + 1)
  const figures = await withPeople({ tickets, elements }, () => watch(task))
  const places = new Map((await page.evaluate(() => bench.places())).map((placed) => [placed.id, placed]))
  const stayed = elements.filter(({ id, x, y }) => places.get(id)?.x === x && places.get(id)?.y === y)
  if (stayed.length > 0) throw new Error(`${stayed.length} elements were not moved by others.`)
  return figures
}
