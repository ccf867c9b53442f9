import { type Figures, frameFigures, quantile } from './figures.ts'
import { Hand, paced } from './hand.ts'
import { metricsOf, type Subject } from './subject.ts'

/** What a hand does for a while. */
export interface Motion {
  /** Brings the page to where it begins. */
  begin(hand: Hand): Promise<void>
  /** One event. */
  act(hand: Hand, index: number): Promise<void>
  /** Lifts the hand. */
  end?(hand: Hand): Promise<void>
  /** Leaves the page as it was. */
  after?(hand: Hand): Promise<void>
}

/** Events of a motion, and the milliseconds after which it ends all the same: the baselines are slow. */
export const EVENTS = 90
const LONGEST = 3000

const rest = async ({ page }: Subject, motion: Motion, hand: Hand): Promise<number> => {
  if (!motion.end) return page.evaluate(() => bench.untilPainted())
  await page.evaluate(() => bench.await('pointerup'))
  await motion.end(hand)
  return page.evaluate(() => bench.answered())
}

/** What the motion costs on this page. */
export const measureMotion = async (subject: Subject, motion: Motion): Promise<Figures> => {
  const hand = new Hand(subject)
  const { page } = subject
  await motion.begin(hand)
  await page.evaluate(() => bench.untilPainted())
  await page.evaluate(() => bench.start())
  const before = await metricsOf(subject)
  const events = await paced(EVENTS, LONGEST, (index) => motion.act(hand, index))
  const after = await metricsOf(subject)
  const { frames, latencies } = await page.evaluate(() => bench.stop())
  const untilSharp = await rest(subject, motion, hand)
  const { longTasks } = await page.evaluate(() => bench.stop())
  await motion.after?.(hand)
  return {
    ...frameFigures(frames),
    work: ((after.task - before.task) * 1000) / events,
    processor: ((after.processor - before.processor) * 1000) / events,
    task: Math.max(0, ...longTasks),
    rest: untilSharp,
    ...(latencies.length > 0 ? { latency: quantile(latencies, 0.95) } : {}),
  }
}

/** The same, of a page whose tiles on the way are there already. */
export const measureWarm = async (subject: Subject, motion: Motion): Promise<Figures> => {
  await measureMotion(subject, motion)
  return measureMotion(subject, motion)
}
