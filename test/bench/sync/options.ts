import { parseArgs } from 'node:util'
import { type ServerName, serverNames } from './servers.ts'
import { type RowName, rowNames } from './types.ts'

export interface Options {
  readonly rows: readonly RowName[]
  readonly servers: readonly ServerName[]
  /** For which each steady row is measured. */
  readonly seconds: number
}

const usage = `npm run bench:sync -- [--rows room,rate,pair] [--servers ours,relay] [--seconds 4]

rows: ${rowNames.join(', ')}; "rate" means all that begin so.
servers: ${serverNames.join(', ')}; "hocuspocus" means all that begin so.`

const chosen = <Name extends string>(names: readonly Name[], words: string): Name[] =>
  names.filter((name) => words.split(',').some((word) => name === word || name.startsWith(`${word}-`)))

/** @throws Error with what may be said, when something else was said */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: rowNames.join(',') },
      servers: { type: 'string', default: serverNames.join(',') },
      seconds: { type: 'string', default: '4' },
    },
  })
  const options = {
    rows: chosen(rowNames, values.rows),
    servers: chosen(serverNames, values.servers),
    seconds: Number(values.seconds),
  }
  if (options.rows.length === 0 || options.servers.length === 0 || !(options.seconds > 0))
    throw new Error(usage)
  return options
}
