'use client'

import { ArrowRight, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '../lib/api.ts'
import { boardsApi } from '../lib/boards-api.ts'
import { signInAsGuest } from '../lib/sign-in.ts'
import { Button } from './ui/button.tsx'

/** One click to a new board: who is not signed in becomes a guest with a made-up name. */
export const StartDrawing = ({ signedIn }: { signedIn: boolean }) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const start = async () => {
    setBusy(true)
    setProblem(null)
    try {
      if (!signedIn) await signInAsGuest()
      const board = await boardsApi.createBoard()
      // A whole navigation: the pages behind it were made for nobody.
      location.assign(`/b/${board.id}`)
    } catch (failure) {
      setProblem(wordsFor(failure))
      setBusy(false)
    }
  }
  return (
    <div>
      <Button look="primary" size="large" onClick={start} disabled={busy} aria-describedby="start-problem">
        Start drawing
        {busy ? (
          <LoaderCircle aria-hidden className="size-5 animate-spin" />
        ) : (
          <ArrowRight aria-hidden className="size-5" />
        )}
      </Button>
      <p id="start-problem" role="alert" className="text-danger mt-2 text-sm empty:hidden">
        {problem}
      </p>
    </div>
  )
}
