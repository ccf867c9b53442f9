'use client'

import { type FormEvent, type RefObject, useId, useRef, useState } from 'react'
import { wordsFor } from '../../lib/api.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface TextDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly hint?: string
  readonly label: string
  readonly value: string
  readonly maxLength: number
  /** Its failure is shown and the dialog stays open. */
  readonly save: (text: string) => Promise<void>
}

const Form = ({
  label,
  value,
  maxLength,
  save,
  onOpenChange,
  input,
}: TextDialogProps & { readonly input: RefObject<HTMLInputElement | null> }) => {
  const id = useId()
  const [text, setText] = useState(value)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return setProblem('Please type at least one character.')
    setBusy(true)
    try {
      await save(text.trim())
      onOpenChange(false)
    } catch (failure) {
      setProblem(wordsFor(failure))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        className="field"
        value={text}
        maxLength={maxLength}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
      />
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-danger mt-1.5 text-sm">
          {problem}
        </p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button look="quiet" onClick={() => onOpenChange(false)}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={busy}>
          Save
        </Button>
      </div>
    </form>
  )
}

/** Asks for one line of text; one can type at once. */
export const TextDialog = (props: TextDialogProps) => {
  const input = useRef<HTMLInputElement>(null)
  const { open, onOpenChange, title, hint } = props
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={hint} initialFocus={input}>
      <Form {...props} input={input} />
    </Dialog>
  )
}
