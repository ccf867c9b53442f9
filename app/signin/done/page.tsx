import type { Metadata } from 'next'
import { EntryPage } from '../../components/entry-page.tsx'
import { type Query, queryValue } from '../../lib/query.ts'
import { GoOn } from './go-on.tsx'

export const metadata: Metadata = { title: 'Signing in' }

/** Where people come back to from another service, or by the link in an e-mail. */
const SignedInPage = async ({ searchParams }: { searchParams: Query }) => (
  <EntryPage title="You are signed in">
    <GoOn callbackUrl={await queryValue(searchParams, 'callbackUrl')} />
  </EntryPage>
)

export default SignedInPage
