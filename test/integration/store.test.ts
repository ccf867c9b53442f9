import { storeContract } from '../support/store-contract.ts'
import { openPostgresTestStore, openSqliteTestStore } from '../support/stores.ts'

storeContract('SQLite', openSqliteTestStore)
storeContract('PostgreSQL', openPostgresTestStore)
