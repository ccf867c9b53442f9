'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { SubmitButton } from '../../components/ui/submit-button.tsx'
import { FormProblem, TextField } from '../../components/ui/text-field.tsx'
import { textLink } from '../../components/ui/text-link.ts'
import { accountApi } from '../../lib/account-api.ts'
import { wordsFor } from '../../lib/api.ts'
import { signInAsGuest } from '../../lib/sign-in.ts'

/** Replaces this page, so that the link's secret does not stay behind in the history. */
const enter = async (secret: string): Promise<void> => {
  const { boardId } = await accountApi.join(secret)
  location.replace(`/b/${encodeURIComponent(boardId)}`)
}

/** For people with a session: nothing to ask, on they go. */
export const JoinAtOnce = ({ secret }: { secret: string }) => {
  const [problem, setProblem] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is the reason to run again
  useEffect(() => {
    enter(secret).catch((failure) => setProblem(wordsFor(failure)))
  }, [secret, attempt])
  if (problem === null) {
    return (
      <p role="status" className="text-soft flex items-center gap-2.5">
        <LoaderCircle aria-hidden className="size-5 animate-spin" /> Opening the board …
      </p>
    )
  }
  const retry = () => {
    setProblem(null)
    setAttempt(attempt + 1)
  }
  return (
    <div className="space-y-4">
      <FormProblem>{problem}</FormProblem>
      <Button look="primary" className="w-full" onClick={retry}>
        Try again
      </Button>
    </div>
  )
}

/** For everybody else: a name, and in. */
export const JoinForm = ({ secret, suggestion }: { secret: string; suggestion: string }) => {
  const [name, setName] = useState(suggestion)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await signInAsGuest(name.trim())
      await enter(secret)
    } catch (failure) {
      setProblem(wordsFor(failure))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label="Your name"
        name="name"
        autoComplete="nickname"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onFocus={(event) => event.target.select()}
        hint="Others see it beside your cursor. Take this one or your own."
      />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton look="primary" className="w-full" disabled={busy}>
        {busy ? 'Opening the board …' : 'Join the board'}
      </SubmitButton>
      <p className="text-soft text-sm">
        Have an account?{' '}
        <Link href={`/signin?callbackUrl=${encodeURIComponent(`/s/${secret}`)}`} className={textLink}>
          Sign in
        </Link>
      </p>
    </form>
  )
}
