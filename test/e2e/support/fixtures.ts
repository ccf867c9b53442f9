import { test as base, expect } from '@playwright/test'
import { startServer, type TestServer } from '../../support/server.ts'
import { Person } from './person.ts'

interface WorkerFixtures {
  readonly sharedServer: TestServer
}

interface Fixtures {
  /** The built product on a spare port. Tests of one worker share it, one after the other: whoever ends it may leave it so.
   * E-mail addresses must differ from test to test. */
  readonly server: TestServer
  /** Opens the door for one more person, with a browser profile of their own. */
  readonly enter: (options?: Parameters<typeof Person.enter>[1]) => Promise<Person>
  /** A guest on a new board of her own. */
  readonly ada: Person
  /** Somebody who joined Ada's board by a link that lets him edit. */
  readonly bob: Person
}

/** Handlers in attributes are never ours: they come with pictures that tests make hostile, and are to be refused. */
const isRefusal = (text: string): boolean =>
  /Content Security Policy/i.test(text) && !text.startsWith('Executing inline event handler')

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the wanted fixtures off the pattern
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.remove()
    },
    { scope: 'worker' },
  ],
  server: async ({ sharedServer }, use, info) => {
    const before = sharedServer.output().length
    if (!sharedServer.isRunning) await sharedServer.start()
    await use(sharedServer)
    if (info.status !== info.expectedStatus) console.log(sharedServer.output().slice(before))
  },
  enter: async ({ browser }, use) => {
    const people: Person[] = []
    const refused: string[] = []
    await use(async (options) => {
      const person = await Person.enter(browser, options)
      person.context.on('console', (message) => {
        if (isRefusal(message.text())) refused.push(message.text())
      })
      people.push(person)
      return person
    })
    for (const person of people) await person.leave()
    expect(refused, 'AP10: what the pages do is allowed by their policy').toEqual([])
  },
  ada: async ({ server, enter }, use) => {
    const ada = await enter()
    await ada.openNewBoard(server.url)
    await use(ada)
  },
  bob: async ({ enter, ada }, use) => {
    const bob = await enter()
    await bob.openShared(await ada.shareLink('editor'), 'Bob')
    await use(bob)
  },
})

export { expect }
