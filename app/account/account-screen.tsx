'use client'

import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import type { CurrentAccount } from '../../server/auth/current-person.ts'
import { MessagePage } from '../components/message-page.tsx'
import { Button, PageLink } from '../components/ui/button.tsx'
import { ButtonLink } from '../components/ui/button-link.tsx'
import { FormProblem } from '../components/ui/text-field.tsx'
import { accountApi } from '../lib/account-api.ts'
import { forgetPages } from '../lib/offline.ts'
import { CloseSection } from './close-section.tsx'
import { NameSection } from './name-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { Section } from './section.tsx'
import { useSending } from './use-sending.ts'

type Left = 'everywhere' | 'closed'

/** What is said to somebody who is nobody here any more. */
const Farewell = ({ left }: { left: Left }) =>
  left === 'everywhere' ? (
    <MessagePage
      title="You are signed out everywhere"
      actions={
        <>
          <PageLink href="/">Start page</PageLink>
          <PageLink look="primary" href="/signin">
            Sign in
          </PageLink>
        </>
      }
    >
      In this browser and in all others. What was drawn there and not sent yet is kept there until you sign in
      again.
    </MessagePage>
  ) : (
    <MessagePage
      title="All is deleted"
      actions={
        <PageLink look="primary" href="/">
          Start page
        </PageLink>
      }
    >
      Your boards and what this server knew about you are gone. You are welcome to come back any time.
    </MessagePage>
  )

const GuestSection = () => (
  <Section
    title="You are a guest"
    lead="Your boards are yours in this browser only. With an account you keep them, and can open them on any device."
  >
    <div className="flex flex-wrap gap-2">
      <ButtonLink look="primary" href="/register">
        Create an account
      </ButtonLink>
      <ButtonLink look="quiet" href="/signin">
        Sign in
      </ButtonLink>
    </div>
  </Section>
)

const SessionsSection = ({ onLeft }: { onLeft: () => void }) => {
  const { sending, send } = useSending()
  const leave = () =>
    send(async () => {
      await accountApi.signOutEverywhere()
      await forgetPages()
      onLeft()
    })
  return (
    <Section
      title="Sign out everywhere"
      lead="Ends all your sessions at once, in this browser and in every other; boards that are open there close. For when you have lost a device, or used one that is not yours."
    >
      <FormProblem>{sending.state === 'failed' ? sending.words : null}</FormProblem>
      <Button onClick={() => void leave()} disabled={sending.state === 'busy'}>
        {sending.state === 'busy' ? 'Signing out …' : 'Sign out everywhere'}
      </Button>
    </Section>
  )
}

const PasswordPart = ({ email, hasPassword }: { email: string; hasPassword: boolean }) =>
  hasPassword ? (
    <PasswordSection email={email} />
  ) : (
    <Section
      title="Password"
      lead="There is none: you sign in by a link in an e-mail, or through another service."
    />
  )

const EmailSection = ({ email }: { email: string }) => (
  <Section
    title="E-mail"
    lead={
      <>
        You sign in as <span className="text-ink font-medium break-all">{email}</span>. Others do not see it.
      </>
    }
  />
)

interface AccountScreenProps {
  readonly account: CurrentAccount
  readonly closingWord: string
  /** The top of the page; gone once one is nobody here any more. */
  readonly header: ReactNode
}

/** What had the focus is gone with the page. */
const takeFocus = (page: HTMLElement | null): void => page?.focus()

/** Everything that people can do about themselves. */
export const AccountScreen = ({ account, closingWord, header }: AccountScreenProps) => {
  const [left, setLeft] = useState<Left | null>(null)
  if (left)
    return (
      <div ref={takeFocus} tabIndex={-1} className="outline-none">
        <Farewell left={left} />
      </div>
    )
  const { id, name, email, isGuest, hasPassword } = account
  return (
    <div className="flex min-h-dvh flex-col">
      {header}
      <main className="mx-auto w-full max-w-2xl flex-1 px-4 pt-4 pb-16 sm:px-6">
        <Link
          href="/boards"
          className="text-soft hover:text-ink inline-flex h-9 items-center gap-1.5 text-sm font-medium pointer-coarse:h-11"
        >
          <ArrowLeft aria-hidden className="size-4" /> Your boards
        </Link>
        <h1 className="mb-6 text-2xl font-semibold tracking-tight">Your account</h1>
        <div className="space-y-5">
          {email === null && <GuestSection />}
          <NameSection name={name} />
          {email !== null && (
            <>
              <EmailSection email={email} />
              <PasswordPart email={email} hasPassword={hasPassword} />
              <SessionsSection onLeft={() => setLeft('everywhere')} />
            </>
          )}
          <CloseSection
            personId={id}
            isGuest={isGuest}
            hasPassword={hasPassword}
            closingWord={closingWord}
            onClosed={() => setLeft('closed')}
          />
        </div>
      </main>
    </div>
  )
}
