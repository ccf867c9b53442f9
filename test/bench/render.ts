import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import config from '../../playwright.config.ts'
import { startServer } from '../support/server.ts'
import { openBaseline } from './render/baseline.ts'
import { type Figures, medianOf } from './render/figures.ts'
import type { RowName } from './render/limits.ts'
import { measureLook } from './render/look.ts'
import { type Options, readOptions } from './render/options.ts'
import { measurePeople } from './render/people.ts'
import { makeBoard, type ProductBoard } from './render/product.ts'
import { failures, headingOf, jsonOf, linesOf, type Results } from './render/report.ts'
import { once, rows, type Task } from './render/rows.ts'
import { type MeasuredScene, measuredScene } from './render/scene.ts'
import type { Subject, SubjectName } from './render/subject.ts'

/**
 * What a board costs as it fills: the product's page with a synced document, a bare canvas and a page of tiles, driven by
 * the same hand in the same run. `npm run bench:render`; `-- --help` says what may be chosen. Ends with code 1 when a limit
 * of render/limits.ts does not hold.
 */

interface Run {
  readonly options: Options
  readonly browser: Browser
  readonly scene: MeasuredScene
  readonly board: ProductBoard
}

/** One after the other. */
const each = async <Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = []
  for (const item of items) results.push(await act(item))
  return results
}

const repeat = async (count: number, act: () => Promise<void>): Promise<void> => {
  for (let index = 0; index < count; index++) await act()
}

const subjectNames = ({ baselines }: Options): SubjectName[] =>
  baselines ? ['tiles', 'canvas', 'drawbridge'] : ['drawbridge']

const open = ({ options, browser, scene, board }: Run, name: SubjectName): Promise<Subject> =>
  name === 'drawbridge'
    ? board.open(browser, options.screen)
    : openBaseline(browser, name, scene, options.screen)

/** Opens a page as often as there are rounds; the last one stays open. */
const openRounds = async (run: Run, name: SubjectName): Promise<{ subject: Subject; opening: Figures }> => {
  const openings: Figures[] = []
  const before = run.options.rows.includes('open') ? run.options.rounds - 1 : 0
  await repeat(before, async () => {
    const subject = await open(run, name)
    openings.push(subject.opening)
    await subject.close()
  })
  const subject = await open(run, name)
  return { subject, opening: medianOf([...openings, subject.opening]) }
}

const measureOwn = async (run: Run, task: Task, name: RowName): Promise<Figures | undefined> => {
  if (name === 'open-again') return task.subject.openAgain()
  if (name === 'people') return measurePeople(task, run.board)
  if (name !== 'look') return undefined
  const reference = await open(run, 'canvas')
  const figures = await measureLook(task, reference, run.options.frames)
  await reference.close()
  return figures
}

const measureRow = async (run: Run, subject: Subject, name: RowName): Promise<Figures | undefined> => {
  const { scene, options } = run
  const task: Task = { subject, scene, screen: options.screen }
  const row = rows[name]
  if (row) return row.measure(task)
  return subject.name === 'drawbridge' ? measureOwn(run, task, name) : undefined
}

/** One row that fails is told of, and the others are measured all the same. */
const told = (error: unknown): undefined => {
  console.error(error)
}

/** Round by round, so that what else the machine does meets all pages alike. */
const measureRounds = async (
  run: Run,
  subjects: readonly Subject[],
  name: RowName,
): Promise<Map<SubjectName, Figures>> => {
  const rounds = new Map<SubjectName, Figures[]>(subjects.map((subject) => [subject.name, []]))
  await repeat(once.includes(name) ? 1 : run.options.rounds, async () => {
    for (const subject of subjects) {
      const figures = await measureRow(run, subject, name).catch(told)
      if (figures) rounds.get(subject.name)?.push(figures)
    }
  })
  const measured = [...rounds].filter(([, figures]) => figures.length > 0)
  return new Map(measured.map(([subject, figures]) => [subject, medianOf(figures)]))
}

/** Adds the rows of one number of elements, and prints each as soon as it is there. */
const measureCount = async (run: Run, results: Results): Promise<void> => {
  const count = run.scene.elements.length
  const opened = await each(subjectNames(run.options), (name) => openRounds(run, name))
  const subjects = opened.map(({ subject }) => subject)
  const openings = new Map(opened.map(({ subject, opening }) => [subject.name, opening]))
  const measured = new Map<RowName, Map<SubjectName, Figures>>()
  results.set(count, measured)
  console.log(`\n${headingOf(results, count)}`)
  for (const row of run.options.rows) {
    measured.set(row, row === 'open' ? openings : await measureRounds(run, subjects, row))
    console.log(linesOf(results, count, row))
  }
  await each(subjects, (subject) => subject.close())
}

const measureAll = async (options: Options): Promise<Results> => {
  const results: Results = new Map()
  const server = await startServer()
  const browser = await chromium.launch(config.use?.launchOptions)
  try {
    for (const count of options.counts) {
      const scene = measuredScene(count)
      await measureCount({ options, browser, scene, board: await makeBoard(server, scene) }, results)
    }
  } finally {
    await browser.close()
    await server.remove()
  }
  return results
}

/** Everything by the clock is worth what the machine has to spare. */
const machine = (): string => `${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}`

const options = readOptions(process.argv.slice(2))
const before = machine()
const results = await measureAll(options)
await mkdir(dirname(options.out), { recursive: true })
const { rounds, screen } = options
const json = { at: new Date().toISOString(), machine: before, rounds, screen, rows: jsonOf(results) }
await writeFile(options.out, `${JSON.stringify(json, null, 2)}\n`)
const wrong = failures(results, options.rows)
console.log(`\n${before} before the run.`)
console.log(`${wrong === 0 ? 'All limits hold' : `${wrong} rows break a limit`}. Figures: ${options.out}`)
process.exitCode = wrong === 0 ? 0 : 1
