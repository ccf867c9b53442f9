import type { StoreClient } from './client.ts'
import type { Sessions } from './types.ts'

export const createSessions = (client: StoreClient): Sessions => ({
  end: async (id, expiresAt) => {
    await client.endedSession.deleteMany({ where: { expiresAt: { lt: new Date() } } })
    await client.endedSession.upsert({ where: { id }, create: { id, expiresAt }, update: { expiresAt } })
  },
  hasEnded: async (id) => (await client.endedSession.findUnique({ where: { id } })) !== null,
})
