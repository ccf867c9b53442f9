import { test as base } from '@playwright/test'
import { startServer, type TestServer } from '../../support/server.ts'
import { Person } from './person.ts'

interface Fixtures {
  /** The built product on a spare port with data of its own; one for each test, since tests kill it. */
  readonly server: TestServer
  /** Opens the door for one more person, with a browser profile of their own. */
  readonly enter: (options?: Parameters<typeof Person.enter>[1]) => Promise<Person>
  /** A guest on a new board of her own. */
  readonly ada: Person
  /** Somebody who joined Ada's board by a link that lets him edit. */
  readonly bob: Person
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the wanted fixtures off the pattern
  server: async ({}, use, info) => {
    const server = await startServer()
    await use(server)
    if (info.status !== info.expectedStatus) console.log(server.output())
    await server.remove()
  },
  enter: async ({ browser }, use) => {
    const people: Person[] = []
    await use(async (options) => {
      const person = await Person.enter(browser, options)
      people.push(person)
      return person
    })
    for (const person of people) await person.leave()
  },
  ada: async ({ server, enter }, use) => {
    const ada = await enter()
    await ada.startDrawing(server.url)
    await use(ada)
  },
  bob: async ({ enter, ada }, use) => {
    const bob = await enter()
    await bob.join(await ada.share('Can edit'), 'Bob')
    await use(bob)
  },
})

export { expect } from '@playwright/test'
