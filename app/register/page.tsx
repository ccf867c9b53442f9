import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentPerson } from '../../server/auth/current-person.ts'
import { EntryPage } from '../components/entry-page.tsx'
import { textLink } from '../components/ui/text-link.ts'
import { onwards } from '../lib/onwards.ts'
import { type Query, queryValue } from '../lib/query.ts'
import { configuredServices } from '../lib/services.ts'
import { RegisterForm } from './register-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

const RegisterPage = async ({ searchParams }: { searchParams: Query }) => {
  const person = await currentPerson()
  const wanted = await queryValue(searchParams, 'callbackUrl')
  if (person && !person.isGuest) redirect(onwards(wanted))
  const callbackUrl = wanted ?? '/boards'
  return (
    <EntryPage
      title="Create an account"
      lead={
        person ? (
          <p>You keep the boards you made as {person.name}, and can open them on any device.</p>
        ) : (
          <p>Then your boards are with you on any device.</p>
        )
      }
    >
      <RegisterForm callbackUrl={callbackUrl} services={configuredServices()} name={person?.name ?? ''} />
      <p className="text-soft mt-6 text-sm">
        Have an account?{' '}
        <Link href={`/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`} className={textLink}>
          Sign in
        </Link>
      </p>
    </EntryPage>
  )
}

export default RegisterPage
