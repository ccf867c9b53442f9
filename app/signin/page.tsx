import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentPerson } from '../../server/auth/current-person.ts'
import { EntryPage } from '../components/entry-page.tsx'
import { textLink } from '../components/ui/text-link.ts'
import { onwards } from '../lib/onwards.ts'
import { type Query, queryValue } from '../lib/query.ts'
import { configuredServices } from '../lib/services.ts'
import { signInWords } from '../lib/sign-in-words.ts'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

const SignInPage = async ({ searchParams }: { searchParams: Query }) => {
  const person = await currentPerson()
  if (person && !person.isGuest) redirect(onwards(await queryValue(searchParams, 'callbackUrl')))
  if (await queryValue(searchParams, 'sent')) {
    return (
      <EntryPage title="Look in your mail">
        <p className="text-soft">We sent you a link. Open it in this browser, and you are signed in.</p>
        <p className="text-soft mt-4 text-sm">
          Nothing there after a few minutes? Look among the spam, or{' '}
          <Link href="/signin" className={textLink}>
            try again
          </Link>
          .
        </p>
      </EntryPage>
    )
  }
  const error = await queryValue(searchParams, 'error')
  const callbackUrl = (await queryValue(searchParams, 'callbackUrl')) ?? '/boards'
  return (
    <EntryPage title="Sign in" lead={person && <p>The boards you made as {person.name} come along.</p>}>
      <SignInForm
        callbackUrl={callbackUrl}
        services={configuredServices()}
        problem={error === null ? null : signInWords(error)}
      />
      <p className="text-soft mt-6 text-sm">
        New here?{' '}
        <Link href={`/register?callbackUrl=${encodeURIComponent(callbackUrl)}`} className={textLink}>
          Create an account
        </Link>
      </p>
    </EntryPage>
  )
}

export default SignInPage
