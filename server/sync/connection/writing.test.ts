import { expect, it } from 'vitest'
import { Writing } from './writing.ts'

const heardOut = () => {
  let asked = 0
  const strikes: string[] = []
  const ask = (): void => {
    asked++
  }
  const writing = new Writing({ ask: ask, strike: (what) => strikes.push(what) }, 10)
  writing.accepted(true, writing.next())
  return { writing, strikes, asked: () => asked }
}

it('S112: asks again when an answer in parts ends while something else was left out meanwhile', () => {
  const { writing, strikes, asked } = heardOut()
  writing.incomplete('gap', false, writing.next())
  expect([asked(), writing.isAnswerBroken]).toEqual([1, false])
  writing.incomplete('gap', false, writing.next())
  expect([asked(), writing.isAnswerBroken]).toEqual([1, true])
  writing.answered()
  expect([asked(), writing.isAnswerBroken]).toEqual([2, false])
  expect(writing.maySay(3)).toBe(false)
  writing.accepted(true, writing.next())
  expect([writing.maySay(4), strikes]).toEqual([true, []])
})

it('S111: waits to be told when to ask for what there was no room for', () => {
  const { writing, strikes, asked } = heardOut()
  writing.full(false, writing.next())
  writing.incomplete('gap', false, writing.next())
  writing.answered()
  expect([asked(), writing.maySay(3), strikes]).toEqual([0, false, []])
  writing.ask()
  writing.full(true, writing.next())
  writing.ask()
  expect(asked()).toBe(2)
})
