import { isUniqueViolation, type StoreClient } from './client.ts'
import type { User } from './generated/sqlite/client.ts'
import { newId } from './ids.ts'
import { EmailTakenError, type People, type PersonRow } from './types.ts'

const toPerson = (row: User): PersonRow => ({
  id: row.id,
  name: row.name ?? '',
  email: row.email,
  passwordHash: row.passwordHash,
  sessionVersion: row.sessionVersion,
})

/** How an address is kept and looked for: two spellings that differ in case are one address. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

/** Some services give no e-mail address: who signed in through one is no guest either. */
const isGuest = (id: string) => ({ id, email: null, accounts: { none: {} } })

const orEmailTaken = (error: unknown): never => {
  if (isUniqueViolation(error)) throw new EmailTakenError('This e-mail address belongs to an account already')
  throw error
}

/** Moves what is the guest's to the person, except what both have: visits to a link, a part in a version. */
const mergeGuest = (client: StoreClient, guestId: string, personId: string): Promise<void> =>
  client.$transaction(async (transaction) => {
    const guest = await transaction.user.findFirst({ where: isGuest(guestId), select: { id: true } })
    const person = await transaction.user.findUnique({ where: { id: personId }, select: { id: true } })
    if (!guest || !person || guestId === personId) return
    await transaction.board.updateMany({ where: { ownerId: guestId }, data: { ownerId: personId } })
    await transaction.linkVisit.updateMany({
      where: { userId: guestId, link: { visits: { none: { userId: personId } } } },
      data: { userId: personId },
    })
    await transaction.boardAsset.updateMany({
      where: { createdById: guestId },
      data: { createdById: personId },
    })
    await transaction.boardVersion.updateMany({
      where: { createdById: guestId },
      data: { createdById: personId },
    })
    await transaction.boardVersionAuthor.updateMany({
      where: { userId: guestId, version: { authors: { none: { userId: personId } } } },
      data: { userId: personId },
    })
    await transaction.boardClient.updateMany({
      where: { personId: guestId },
      data: { personId },
    })
    await transaction.user.delete({ where: { id: guestId } })
  })

/** Boards that one statement removes: sockets get their turn between two. */
const BOARDS_AT_ONCE = 10

const remove = (client: StoreClient, id: string): Promise<string[]> =>
  client.$transaction(async (transaction) => {
    const person = await transaction.user.findUnique({ where: { id }, select: { email: true } })
    if (!person) return []
    const boards = await transaction.board.findMany({ where: { ownerId: id }, select: { id: true } })
    const ids = boards.map((board) => board.id)
    for (let first = 0; first < ids.length; first += BOARDS_AT_ONCE) {
      await transaction.board.deleteMany({ where: { id: { in: ids.slice(first, first + BOARDS_AT_ONCE) } } })
    }
    const identifier = person.email
    if (identifier !== null) await transaction.verificationToken.deleteMany({ where: { identifier } })
    const { count } = await transaction.user.deleteMany({ where: { id } })
    return count > 0 ? ids : []
  })

export const createPeople = (client: StoreClient): People => ({
  find: async (id) => {
    const row = await client.user.findUnique({ where: { id } })
    return row && toPerson(row)
  },
  findByEmail: async (email) => {
    const row = await client.user.findUnique({ where: { email: normalEmail(email) } })
    return row && toPerson(row)
  },
  createGuest: async (name) => toPerson(await client.user.create({ data: { id: newId(), name } })),
  createAccount: async ({ name, email, passwordHash }) => {
    const data = { id: newId(), name, email: normalEmail(email), passwordHash }
    return toPerson(await client.user.create({ data }).catch(orEmailTaken))
  },
  claimGuest: async (guestId, { name, email, passwordHash }) => {
    const data = { name, email: normalEmail(email), passwordHash, sessionVersion: { increment: 1 } }
    const { count } = await client.user.updateMany({ where: isGuest(guestId), data }).catch(orEmailTaken)
    if (count === 0) throw new Error(`${guestId} is no guest`)
    return toPerson(await client.user.findUniqueOrThrow({ where: { id: guestId } }))
  },
  mergeGuest: (guestId, personId) => mergeGuest(client, guestId, personId),
  rename: async (id, name) => {
    await client.user.updateMany({ where: { id }, data: { name } })
  },
  setPassword: async (id, { known, next }) => {
    const { count } = await client.user.updateMany({
      where: { id, passwordHash: known },
      data: { passwordHash: next, sessionVersion: { increment: 1 } },
    })
    const row = count > 0 ? await client.user.findUnique({ where: { id } }) : null
    return row && toPerson(row)
  },
  endSessions: async (id) => {
    await client.user.updateMany({ where: { id }, data: { sessionVersion: { increment: 1 } } })
  },
  remove: (id) => remove(client, id),
})
