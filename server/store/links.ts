import type { StoreClient } from './client.ts'
import type { ShareLink } from './generated/sqlite/client.ts'
import { couldBeId, newId } from './ids.ts'
import type { LinkRole, LinkRow, Links } from './types.ts'

/** A role that this version does not know gives the least. */
export const toLinkRole = (role: string): LinkRole => (role === 'editor' ? 'editor' : 'viewer')

const toLink = (row: ShareLink): LinkRow => ({ ...row, role: toLinkRole(row.role) })

export const createLinks = (client: StoreClient): Links => ({
  find: async (id) => {
    const row = couldBeId(id) ? await client.shareLink.findUnique({ where: { id } }) : null
    return row && toLink(row)
  },
  create: async ({ boardId, role, expiresAt }) =>
    toLink(
      await client.shareLink.create({
        data: { id: newId(), boardId, role, expiresAt, createdAt: new Date() },
      }),
    ),
  listFor: async (boardId) => {
    const rows = await client.shareLink.findMany({
      where: { boardId },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    })
    return rows.map(toLink)
  },
  revoke: async (boardId, linkId, at) => {
    if (!couldBeId(linkId)) return false
    // The first time of revocation stands.
    const where = { id: linkId, boardId }
    await client.shareLink.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: at } })
    return (await client.shareLink.count({ where })) > 0
  },
  visit: async (linkId, boardId, userId, openedAt) => {
    await client.linkVisit.upsert({
      where: { linkId_userId: { linkId, userId } },
      create: { linkId, userId, boardId, openedAt },
      update: { openedAt },
    })
  },
  visitedBy: async (boardId, personId) => {
    const rows = await client.shareLink.findMany({
      where: { boardId, visits: { some: { userId: personId } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    })
    return rows.map(toLink)
  },
})
