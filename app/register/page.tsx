import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentPerson } from '../../server/auth/current-person.ts'
import { EntryPage } from '../components/entry-page.tsx'
import { type Query, queryValue } from '../lib/query.ts'
import { configuredServices } from '../lib/services.ts'
import { RegisterForm } from './register-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

const RegisterPage = async ({ searchParams }: { searchParams: Query }) => {
  const person = await currentPerson()
  if (person && !person.isGuest) redirect('/boards')
  const callbackUrl = (await queryValue(searchParams, 'callbackUrl')) ?? '/boards'
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
        <Link
          href={`/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`}
          className="text-accent-deep -my-3 inline-block py-3 font-medium underline-offset-4 hover:underline"
        >
          Sign in
        </Link>
      </p>
    </EntryPage>
  )
}

export default RegisterPage
