import { PrismaAdapter } from '@auth/prisma-adapter'
import type { Adapter, AdapterAccount, AdapterUser } from 'next-auth/adapters'
import type { StoreClient } from './client.ts'
import { newId } from './ids.ts'
import { normalEmail } from './people.ts'
import type { Store } from './types.ts'

/** Where a store carries its Prisma client: found in a store that the other bundle of this process made, too. */
export const clientOf: unique symbol = Symbol.for('drawbridge.store.client')

/** Services send more than the standard names (GitHub a `refresh_token_expires_in`): the rest is not kept. */
const accountColumns = ({ access_token, expires_at, id_token, scope, ...account }: AdapterAccount) => ({
  userId: account.userId,
  type: account.type,
  provider: account.provider,
  providerAccountId: account.providerAccountId,
  refresh_token: account.refresh_token ?? null,
  access_token: access_token ?? null,
  expires_at: expires_at ?? null,
  token_type: account.token_type ?? null,
  scope: scope ?? null,
  id_token: id_token ?? null,
  session_state: account.session_state ?? null,
})

/**
 * The person has shown that the address is theirs. Until then anybody could have registered it and waited for them: what
 * opens the account besides (a password, the sessions it began, sign-ins through other services) was somebody's who had not
 * shown that, and ends.
 */
const verifyAddress = async (client: StoreClient, id: string, emailVerified: Date): Promise<void> => {
  await client.$transaction(async (transaction) => {
    const unproven = { id, emailVerified: null, passwordHash: { not: null } }
    const { count } = await transaction.user.updateMany({
      where: unproven,
      data: { passwordHash: null, sessionVersion: { increment: 1 } },
    })
    if (count > 0) await transaction.account.deleteMany({ where: { userId: id } })
    await transaction.user.updateMany({ where: { id }, data: { emailVerified } })
  })
}

/**
 * Where next-auth keeps people who sign in through other services or by e-mail. Their ids are made as all others are,
 * and addresses are kept in the one spelling that the rest of the store looks for.
 */
export const authAdapter = (store: Store): Adapter => {
  const client = (store as Store & { [clientOf]?: StoreClient })[clientOf]
  if (!client) throw new Error('This store keeps no accounts')
  const adapter = PrismaAdapter(client as unknown as Parameters<typeof PrismaAdapter>[0]) as Adapter
  return {
    ...adapter,
    createUser: async ({ name, email, image, emailVerified }: Omit<AdapterUser, 'id'>) =>
      (await client.user.create({
        data: {
          id: newId(),
          name: name ?? null,
          email: email ? normalEmail(email) : null,
          image: image ?? null,
          emailVerified,
        },
      })) as AdapterUser,
    getUserByEmail: async (email) =>
      (await client.user.findUnique({ where: { email: normalEmail(email) } })) as AdapterUser | null,
    updateUser: async ({ id, emailVerified }) => {
      if (emailVerified) await verifyAddress(client, id, emailVerified)
      return (await client.user.findUniqueOrThrow({ where: { id } })) as AdapterUser
    },
    linkAccount: async (account: AdapterAccount) => {
      await client.account.create({ data: accountColumns(account) })
    },
  }
}
