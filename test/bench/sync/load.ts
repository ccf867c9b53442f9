import type { Subject } from './crowd.ts'
import { rows } from './rows.ts'
import type { RowName, Usage } from './types.ts'

/** A load process: does one row against one server, and asks its parent for what only that can know. */
const pending = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>()
let asked = 0

const ask = <T>(question: object): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    asked++
    pending.set(asked, { resolve: resolve as (answer: never) => void, reject })
    process.send?.({ id: asked, question })
  })

process.on('message', (message: { id: number; answer?: never; error?: string }) => {
  const waiting = pending.get(message.id)
  pending.delete(message.id)
  if (message.error) waiting?.reject(new Error(message.error))
  else waiting?.resolve(message.answer as never)
})
process.on('disconnect', () => process.exit(1))

type Task = Pick<Subject, 'dialect' | 'port' | 'secret' | 'prepared' | 'seconds'> & { readonly row: RowName }

const main = async (): Promise<void> => {
  const { row, ...task } = await ask<Task>({ type: 'task' })
  const subject: Subject = {
    ...task,
    usage: (settled = false) => ask<Usage>({ type: 'usage', settled }),
    restart: () => ask<number>({ type: 'restart' }),
  }
  process.send?.({ figures: await rows[row].run(subject) })
}

main().then(
  () => process.disconnect(),
  (error: Error) => {
    process.send?.({ failed: error.stack ?? error.message })
    setTimeout(() => process.exit(1), 100)
  },
)
