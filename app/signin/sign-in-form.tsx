'use client'

import { type FormEvent, useState } from 'react'
import { OtherServices, type Service } from '../components/other-services.tsx'
import { SubmitButton } from '../components/ui/submit-button.tsx'
import { FormProblem, TextField } from '../components/ui/text-field.tsx'
import { wordsFor } from '../lib/api.ts'
import { nextPage, signInWithPassword } from '../lib/sign-in.ts'
import { signInWords } from '../lib/sign-in-words.ts'

interface SignInFormProps {
  readonly callbackUrl: string
  readonly services: readonly Service[]
  /** Why the person was sent here, if something went wrong before. */
  readonly problem: string | null
}

export const SignInForm = ({ callbackUrl, services, problem: before }: SignInFormProps) => {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState(before)
  const [asked, setAsked] = useState(false)
  const missing = { email: email.trim() === '', password: password === '' }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    setProblem(null)
    if (missing.email || missing.password) return
    setBusy(true)
    try {
      const { bringCopies } = await import('../lib/bring-copies.ts')
      if ((await signInWithPassword(email.trim(), password)) === 'done') {
        await bringCopies()
        return location.assign(nextPage(callbackUrl))
      }
      setProblem(signInWords('CredentialsSignin'))
    } catch (failure) {
      setProblem(wordsFor(failure))
    }
    setBusy(false)
  }
  return (
    <>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem>{problem}</FormProblem>
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          problem={asked && missing.email ? 'Type your e-mail address.' : null}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          problem={asked && missing.password ? 'Type your password.' : null}
        />
        <SubmitButton look="primary" className="w-full" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </SubmitButton>
      </form>
      <OtherServices services={services} callbackUrl={callbackUrl} email={email} />
    </>
  )
}
