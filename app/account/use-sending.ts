import { useState } from 'react'
import { wordsFor } from '../lib/api.ts'

/** Where a form stands that is sent to the server. */
export type Sending =
  | { readonly state: 'idle' }
  | { readonly state: 'busy' }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly failure: unknown; readonly words: string }

/** Sends something, once at a time, and says how that went. */
export const useSending = () => {
  const [sending, setSending] = useState<Sending>({ state: 'idle' })
  const send = async (work: () => Promise<unknown>): Promise<void> => {
    if (sending.state === 'busy') return
    setSending({ state: 'busy' })
    try {
      await work()
      setSending({ state: 'done' })
    } catch (failure) {
      setSending({ state: 'failed', failure, words: wordsFor(failure) })
    }
  }
  /** What came of it is old news once somebody writes on. */
  const settle = (): void => setSending((now) => (now.state === 'busy' ? now : { state: 'idle' }))
  return { sending, send, settle }
}
