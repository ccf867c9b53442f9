import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import config from '../../playwright.config.ts'
import { startServer } from '../support/server.ts'
import { openBaseline } from './render/baseline.ts'
import { type Figures, medianOf } from './render/figures.ts'
import type { RowName } from './render/limits.ts'
import { type Options, readOptions } from './render/options.ts'
import { measurePeople } from './render/people.ts'
import { makeBoard, type ProductBoard } from './render/product.ts'
import { failures, jsonOf, type Results, tableOf } from './render/report.ts'
import { rows, type Task } from './render/rows.ts'
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

const repeat = async <Result>(count: number, act: () => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = []
  for (let index = 0; index < count; index++) results.push(await act())
  return results
}

const open = ({ options, browser, scene, board }: Run, name: SubjectName): Promise<Subject> =>
  name === 'drawbridge'
    ? board.open(browser, options.screen)
    : openBaseline(browser, name, scene, options.screen)

/** The page on which the rows are measured, and what opening it comes to: the median of as many openings as rounds. */
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

const measureRow = async (run: Run, task: Task, name: RowName): Promise<Figures | undefined> => {
  const { subject } = task
  const row = rows[name]
  if (name === 'open-again' && subject.name === 'drawbridge')
    return medianOf(await repeat(run.options.rounds, () => run.board.openAgain(subject)))
  if (name === 'people' && subject.name === 'drawbridge') return measurePeople(task, run.board)
  if (!row || (subject.name !== 'drawbridge' && !row.baselines)) return undefined
  return medianOf(await repeat(row.once ? 1 : run.options.rounds, () => row.measure(task)))
}

const measureSubject = async (run: Run, name: SubjectName): Promise<Map<RowName, Figures>> => {
  const { options, scene } = run
  const { subject, opening } = await openRounds(run, name)
  const task: Task = { subject, scene, screen: options.screen }
  const measured = new Map<RowName, Figures>()
  for (const row of options.rows) {
    const figures = row === 'open' ? opening : await measureRow(run, task, row)
    if (figures) measured.set(row, figures)
  }
  await subject.close()
  return measured
}

const measureAll = async (options: Options): Promise<Results> => {
  const names: SubjectName[] = options.baselines ? ['tiles', 'canvas', 'drawbridge'] : ['drawbridge']
  const results: Results = new Map()
  const server = await startServer()
  const browser = await chromium.launch(config.use?.launchOptions)
  try {
    for (const count of options.counts) {
      const scene = measuredScene(count)
      const run: Run = { options, browser, scene, board: await makeBoard(server, scene) }
      const subjects = new Map<SubjectName, Map<RowName, Figures>>()
      results.set(count, subjects)
      for (const name of names) subjects.set(name, await measureSubject(run, name))
      console.log(`\n${tableOf(results, count, options.rows)}`)
    }
  } finally {
    await browser.close()
    await server.remove()
  }
  return results
}

const options = readOptions(process.argv.slice(2))
const results = await measureAll(options)
await mkdir(dirname(options.out), { recursive: true })
const { rounds, screen } = options
const json = { at: new Date().toISOString(), rounds, screen, rows: jsonOf(results, options.rows) }
await writeFile(options.out, `${JSON.stringify(json, null, 2)}\n`)
const wrong = failures(results, options.rows)
console.log(`\n${wrong === 0 ? 'All limits hold' : `${wrong} rows break a limit`}. Figures: ${options.out}`)
process.exitCode = wrong === 0 ? 0 : 1
