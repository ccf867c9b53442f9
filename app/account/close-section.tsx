'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '../components/ui/button.tsx'
import { Dialog } from '../components/ui/dialog.tsx'
import { TextField } from '../components/ui/text-field.tsx'
import { accountApi } from '../lib/account-api.ts'
import { forgetPages } from '../lib/offline.ts'
import { Section } from './section.tsx'
import { useSending } from './use-sending.ts'

interface CloseSectionProps {
  readonly personId: string
  readonly isGuest: boolean
  readonly hasPassword: boolean
  /** Typed by those who have no password. */
  readonly closingWord: string
  readonly onClosed: () => void
}

const words = (isGuest: boolean) =>
  isGuest
    ? { title: 'Delete all that is yours', open: 'Delete all that is yours …', act: 'Delete for good' }
    : { title: 'Close your account', open: 'Close your account …', act: 'Close for good' }

const Consequences = ({ isGuest }: { isGuest: boolean }) => (
  <ul className="list-disc space-y-1.5 pl-5">
    <li>
      Your boards go, with their history and pictures, those in the bin too. Nobody can bring them back.
    </li>
    <li>Links to them stop working. Whoever has one of them open is told at once that it is gone.</li>
    <li>What you drew on boards of others stays there. Their history does not name you any more.</li>
    <li>
      {isGuest
        ? 'Your name goes from this server.'
        : 'Your name and e-mail address go from this server, and you are signed out everywhere.'}
    </li>
    <li>What this browser keeps of boards for you goes, too, also what was never sent.</li>
  </ul>
)

/** What this browser keeps is of no use to anybody any more. Never throws: the account is gone, whether this works or not. */
const forget = async (personId: string): Promise<void> => {
  await forgetPages()
  await import('../../whiteboard/index.ts')
    .then(({ forgetDeviceWork }) => forgetDeviceWork(personId))
    .catch(() => {})
}

const Proof = ({ personId, isGuest, hasPassword, closingWord, onClosed }: CloseSectionProps) => {
  const [typed, setTyped] = useState('')
  const { sending, send, settle } = useSending()
  const isMeant = hasPassword ? typed !== '' : typed.trim().toLowerCase() === closingWord
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isMeant) return
    void send(async () => {
      await accountApi.close(hasPassword ? { password: typed } : { word: typed })
      await forget(personId)
      onClosed()
    })
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <TextField
        label={hasPassword ? 'Your password' : `Type “${closingWord}” to say that you mean it`}
        type={hasPassword ? 'password' : 'text'}
        name={hasPassword ? 'password' : 'word'}
        autoComplete={hasPassword ? 'current-password' : 'off'}
        autoCapitalize="none"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          settle()
        }}
        problem={sending.state === 'failed' ? sending.words : null}
      />
      <Button
        type="submit"
        look="danger"
        className="w-full"
        disabled={!isMeant || sending.state === 'busy' || sending.state === 'done'}
      >
        {sending.state === 'busy' ? 'Deleting …' : words(isGuest).act}
      </Button>
    </form>
  )
}

/** The end of an account: what it means first, and asked twice. */
export const CloseSection = (props: CloseSectionProps) => {
  const { isGuest } = props
  const [open, setOpen] = useState(false)
  const { title, open: label } = words(isGuest)
  return (
    <Section title={title} lead={<Consequences isGuest={isGuest} />}>
      <Button look="outline" className="text-danger!" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`${title}?`}
        description="Your boards and all that hangs on them are gone then, and nobody can bring them back."
      >
        <Proof {...props} />
      </Dialog>
    </Section>
  )
}
