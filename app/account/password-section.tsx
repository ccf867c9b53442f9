'use client'

import { type FormEvent, useState } from 'react'
import { SubmitButton } from '../components/ui/submit-button.tsx'
import { FormProblem, TextField } from '../components/ui/text-field.tsx'
import { accountApi } from '../lib/account-api.ts'
import { ApiFailure } from '../lib/api.ts'
import { Done, Section } from './section.tsx'
import { type Sending, useSending } from './use-sending.ts'

const EMPTY = { current: '', next: '' }
type Field = keyof typeof EMPTY
type Problems = Partial<Record<Field | 'form', string>>

const missing = ({ current, next }: typeof EMPTY): Problems => ({
  ...(current === '' && { current: 'Type the password that you have now.' }),
  ...([...next].length < 8 && { next: 'Use at least 8 characters.' }),
})

/** Puts what the server said beside the field that it is about. */
const problemsOf = (sending: Sending): Problems => {
  if (sending.state !== 'failed') return {}
  const { failure, words } = sending
  const code = failure instanceof ApiFailure ? failure.code : ''
  if (code === 'wrong-password') return { current: words }
  return code === 'weak-password' ? { next: words } : { form: words }
}

/** A new password for an account that has one. */
export const PasswordSection = ({ email }: { email: string }) => {
  const [values, setValues] = useState(EMPTY)
  const [found, setFound] = useState<Problems>({})
  const { sending, send, settle } = useSending()
  const problems = { ...problemsOf(sending), ...found }
  const set = (field: Field) => (event: { target: { value: string } }) => {
    const { value } = event.target
    setValues((before) => ({ ...before, [field]: value }))
    setFound({})
    settle()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = missing(values)
    setFound(wrong)
    settle()
    if (Object.keys(wrong).length > 0) return
    void send(async () => {
      await accountApi.changePassword(values.current, values.next)
      setValues(EMPTY)
    })
  }
  return (
    <Section
      title="Password"
      lead="A new password signs you out in all other browsers and devices. This one goes on."
    >
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem>{problems.form ?? null}</FormProblem>
        {/* Tells password managers whose it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label="Current password"
          type="password"
          name="current"
          autoComplete="current-password"
          value={values.current}
          onChange={set('current')}
          problem={problems.current ?? null}
        />
        <TextField
          label="New password"
          type="password"
          name="next"
          autoComplete="new-password"
          value={values.next}
          onChange={set('next')}
          problem={problems.next ?? null}
          hint="At least 8 characters, and not one of the usual ones. A few words together are good."
        />
        <Done>
          {sending.state === 'done' && 'Your password is changed, and all other sessions have ended.'}
        </Done>
        <SubmitButton disabled={sending.state === 'busy'}>
          {sending.state === 'busy' ? 'Changing …' : 'Change password'}
        </SubmitButton>
      </form>
    </Section>
  )
}
