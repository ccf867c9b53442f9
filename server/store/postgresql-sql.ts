import type pg from 'pg'
import type { PostgresqlDatabase, Sql, SqlValue, TransactionKind } from './sql.ts'

const begin: Readonly<Record<TransactionKind, string>> = {
  read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  write: 'BEGIN',
  bulk: 'BEGIN',
}

const statementsOf = (client: pg.Pool | pg.PoolClient): Sql => ({
  all: async <Row>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> =>
    (await client.query(text, [...values])).rows as Row[],
})

/** Statements on the connections that Prisma uses. */
export const createPostgresqlSql = (pool: pg.Pool): PostgresqlDatabase => ({
  provider: 'postgresql',
  all: statementsOf(pool).all,
  transaction: async (kind, work) => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin[kind])
      const result = await work(statementsOf(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      // A connection that cannot even roll back is of no more use to anybody.
      await client.query('ROLLBACK').catch((reason: Error) => {
        broken = reason
      })
      throw error
    } finally {
      client.release(broken)
    }
  },
})
