import { expect, it } from 'vitest'
import { createIntake } from './intake.ts'

const limits = { picture: 100, perPerson: 2, arriving: 250 }

/** A body that gives its chunks one by one, and then waits or ends. */
const bodyOf = (chunks: number[], end = true) => {
  const state = { cancelled: false }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const next = chunks.shift()
      if (next !== undefined) controller.enqueue(new Uint8Array(next))
      else if (end) controller.close()
      else return new Promise<void>(() => {})
      return undefined
    },
    cancel: () => {
      state.cancelled = true
    },
  })
  return { body, state }
}

const lengthOf = async (bytes: Uint8Array): Promise<number> => bytes.length

it('reads a body to its end, and one of exactly the limit', async () => {
  const intake = createIntake(limits)
  expect(await intake.take('ada', bodyOf([10, 20, 30]).body, 0, lengthOf)).toEqual({ ok: true, result: 60 })
  expect(await intake.take('ada', bodyOf([50, 50]).body, 100, lengthOf)).toEqual({ ok: true, result: 100 })
  expect(await intake.take('ada', null, 0, lengthOf)).toEqual({ ok: true, result: 0 })
})

it('puts together what came, whether its length was declared rightly, wrongly or not at all', async () => {
  const intake = createIntake(limits)
  for (const declared of [0, 1, 15, 30, 60, 100, -5]) {
    const chunks = [10, 20, 30].map((length, index) => new Uint8Array(length).fill(index + 1))
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const chunk of chunks) controller.enqueue(chunk)
        controller.close()
      },
    })
    const taken = await intake.take('ada', body, declared, async (bytes) => Buffer.from(bytes))
    expect([declared, taken.ok && taken.result.equals(Buffer.concat(chunks))]).toEqual([declared, true])
  }
})

it('UP4: stops reading one byte above the limit, whatever was declared, and without end', async () => {
  const intake = createIntake(limits)
  for (const declared of [0, 5]) {
    const { body, state } = bodyOf([50, 51, 50], false)
    expect(await intake.take('ada', body, declared, lengthOf)).toEqual({ ok: false, reason: 'too-large' })
    expect(state.cancelled).toBe(true)
  }
  expect(await intake.take('ada', bodyOf([]).body, 101, lengthOf)).toEqual({ ok: false, reason: 'too-large' })
  expect(await intake.take('ada', bodyOf([100]).body, 0, lengthOf)).toEqual({ ok: true, result: 100 })
})

it('UP7: takes so many of one person at once, and others beside them', async () => {
  const intake = createIntake(limits)
  let finish = (): void => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const slow = [1, 2].map(() => intake.take('ada', bodyOf([10]).body, 0, () => finished))
  expect(await intake.take('ada', bodyOf([10]).body, 0, lengthOf)).toEqual({ ok: false, reason: 'too-many' })
  expect(await intake.take('bob', bodyOf([10]).body, 0, lengthOf)).toEqual({ ok: true, result: 10 })
  finish()
  await Promise.all(slow)
  expect(await intake.take('ada', bodyOf([10]).body, 0, lengthOf)).toEqual({ ok: true, result: 10 })
})

it('UP7: bounds what all of them hold together, and takes again when they are done', async () => {
  const intake = createIntake(limits)
  let finish = (): void => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  let reading = 0
  const held = ['ada', 'bob'].map((person) =>
    intake.take(person, bodyOf([100]).body, 0, () => {
      reading += 1
      return finished
    }),
  )
  while (reading < 2) await Promise.resolve()
  const third = intake.take('cy', bodyOf([51]).body, 0, lengthOf)
  expect(await third).toEqual({ ok: false, reason: 'too-busy' })
  finish()
  await Promise.all(held)
  expect(await intake.take('cy', bodyOf([51]).body, 0, lengthOf)).toEqual({ ok: true, result: 51 })
})

it('gives the place back when a body breaks off or the work fails', async () => {
  const intake = createIntake({ ...limits, perPerson: 1 })
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('cut')) })
  await expect(intake.take('ada', broken, 0, lengthOf)).rejects.toThrow('cut')
  const failing = intake.take('ada', bodyOf([1]).body, 0, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await intake.take('ada', bodyOf([1]).body, 0, lengthOf)).toEqual({ ok: true, result: 1 })
})
