'use client'

import { type FormEvent, useState } from 'react'
import { OtherServices, type Service } from '../components/other-services.tsx'
import { SubmitButton } from '../components/ui/submit-button.tsx'
import { FormProblem, TextField } from '../components/ui/text-field.tsx'
import { accountApi } from '../lib/account-api.ts'
import { ApiFailure, wordsFor } from '../lib/api.ts'
import { nextPage, signInWithPassword } from '../lib/sign-in.ts'

type FieldName = 'name' | 'email' | 'password'
type Problems = Partial<Record<FieldName | 'form', string>>

interface RegisterFormProps {
  readonly callbackUrl: string
  readonly services: readonly Service[]
  readonly name: string
}

const missing = (values: Record<FieldName, string>): Problems => ({
  ...(values.name.trim() === '' && { name: 'Tell us what to call you.' }),
  ...(!/^\S+@\S+$/.test(values.email.trim()) && { email: 'Type an e-mail address, like ada@example.org.' }),
  ...([...values.password].length < 8 && { password: 'Use at least 8 characters.' }),
})

/** Puts what the server said beside the field that it is about. */
const problemsOf = (failure: unknown): Problems => {
  const words = wordsFor(failure)
  const code = failure instanceof ApiFailure ? failure.code : ''
  if (code === 'email-taken') return { email: words }
  if (code === 'weak-password') return { password: words }
  if (code === 'invalid' && words.includes('e-mail')) return { email: words }
  if (code === 'invalid' && words.includes('name')) return { name: words }
  return { form: words }
}

export const RegisterForm = ({ callbackUrl, services, name }: RegisterFormProps) => {
  const [values, setValues] = useState({ name, email: '', password: '' })
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Problems>({})
  const set = (field: FieldName) => (event: { target: { value: string } }) => {
    const { value } = event.target
    setValues((before) => ({ ...before, [field]: value }))
    setProblems(({ [field]: _solved, ...others }) => others)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = missing(values)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const wish = { ...values, name: values.name.trim(), email: values.email.trim() }
    try {
      await accountApi.register(wish)
      await signInWithPassword(wish.email, wish.password)
      location.assign(nextPage(callbackUrl))
    } catch (failure) {
      setProblems(problemsOf(failure))
      setBusy(false)
    }
  }
  return (
    <>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem>{problems.form ?? null}</FormProblem>
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          maxLength={60}
          value={values.name}
          onChange={set('name')}
          problem={problems.name ?? null}
        />
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          value={values.email}
          onChange={set('email')}
          problem={problems.email ?? null}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="new-password"
          value={values.password}
          onChange={set('password')}
          problem={problems.password ?? null}
          hint="At least 8 characters. A few words together are good."
        />
        <SubmitButton look="primary" className="w-full" disabled={busy}>
          {busy ? 'Creating your account …' : 'Create account'}
        </SubmitButton>
      </form>
      <OtherServices services={services.filter(({ kind }) => kind === 'oauth')} callbackUrl={callbackUrl} />
    </>
  )
}
