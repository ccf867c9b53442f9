'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { SubmitButton } from '../components/ui/submit-button.tsx'
import { TextField } from '../components/ui/text-field.tsx'
import { accountApi } from '../lib/account-api.ts'
import { Done, Section } from './section.tsx'
import { useSending } from './use-sending.ts'

/** What others see of a person. */
export const NameSection = ({ name: saved }: { name: string }) => {
  const router = useRouter()
  const [name, setName] = useState(saved)
  const [problem, setProblem] = useState<string | null>(null)
  const { sending, send, settle } = useSending()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    settle()
    if (name.trim() === '') return setProblem('Type at least one character.')
    void send(async () => {
      const taken = (await accountApi.rename(name.trim())).name
      // Somebody may have written on meanwhile.
      setName((now) => (now === name ? taken : now))
      router.refresh()
    })
  }
  return (
    <Section title="Name">
      <form onSubmit={submit} noValidate className="space-y-4">
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={60}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setProblem(null)
            settle()
          }}
          problem={problem ?? (sending.state === 'failed' ? sending.words : null)}
          hint="Others see it beside your cursor, and in the history of boards."
        />
        <Done>
          {sending.state === 'done' && 'Saved. Boards that are open show it once they are loaded again.'}
        </Done>
        <SubmitButton disabled={sending.state === 'busy'}>
          {sending.state === 'busy' ? 'Saving …' : 'Save name'}
        </SubmitButton>
      </form>
    </Section>
  )
}
