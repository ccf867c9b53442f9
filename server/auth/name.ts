import { randomInt } from 'node:crypto'
import { lengthOf, plainLine } from '../boards/text.ts'

export const MAX_NAME = 60

/** A person's name as others see it: one line, 1 to 60 characters. Null when it is empty or too long. */
export const cleanName = (raw: string): string | null => {
  const name = plainLine(raw)
  return name === '' || lengthOf(name) > MAX_NAME ? null : name
}

export const NAME_PROBLEM = `A name has 1 to ${MAX_NAME} characters.`

const MOODS =
  `Amber Brave Breezy Bright Calm Cheerful Clever Cosy Curious Daring Dapper Eager Gentle Golden Happy Humble
  Jolly Keen Kind Lively Lucky Mellow Merry Mighty Nimble Patient Peppy Plucky Polite Proud Quick Quiet Rosy Sandy
  Silver Smiling Snowy Sunny Swift Tidy Velvet Warm Wise Witty Zesty`.split(/\s+/)

const ANIMALS =
  `Alpaca Badger Beaver Bison Bunny Camel Cheetah Crane Deer Dolphin Dove Falcon Ferret Finch Fox Gecko
  Hare Hedgehog Heron Ibis Jackdaw Koala Lark Lemur Llama Lynx Magpie Marmot Mole Moose Narwhal Newt Otter Owl Panda
  Penguin Puffin Quail Rabbit Raven Robin Seal Sparrow Squirrel Stork Swan Tapir Turtle Walrus Wombat Wren Yak
  Zebra`.split(/\s+/)

const pick = (words: readonly string[], random: (below: number) => number): string =>
  words[random(words.length)] ?? 'Otter'

/** A friendly made-up name for a guest, as "Curious Otter". `random` gives a whole number from 0 to below its argument. */
export const friendlyName = (random: (below: number) => number = (below) => randomInt(below)): string =>
  `${pick(MOODS, random)} ${pick(ANIMALS, random)}`
