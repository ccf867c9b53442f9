'use client'

import { Check, ChevronDown, Copy, Eye, Link2, LoaderCircle, Pencil } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, type ShareLink, wordsFor } from '../../lib/api.ts'
import { boardsApi } from '../../lib/boards-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/text-field.tsx'

type Role = ShareLink['role']

const ROLES: readonly { role: Role; label: string; allows: string; Icon: typeof Eye }[] = [
  { role: 'editor', label: 'Can edit', allows: 'draw, move and delete', Icon: Pencil },
  { role: 'viewer', label: 'Can view', allows: 'watch live, change nothing', Icon: Eye },
]

const DAY = 24 * 3_600_000

/** For how long a link may work: days; null until it is revoked. */
const TERMS: readonly { days: number | null; label: string }[] = [
  { days: null, label: 'until you revoke it' },
  { days: 1, label: 'for a day' },
  { days: 7, label: 'for a week' },
  { days: 30, label: 'for 30 days' },
]

const expiryAfter = (days: number | null): string | null =>
  days === null ? null : new Date(Date.now() + days * DAY).toISOString()

/** "until Fri, Nov 27, 14:30" */
const untilWords = (expiresAt: string): string =>
  `until ${new Date(expiresAt).toLocaleString('en', { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`

const roleWords = (role: Role) => ROLES.find((each) => each.role === role) ?? ROLES[1]

/** Copies by the clipboard, or leaves the text selected where the browser forbids that. */
const copyText = async (text: string, field: HTMLInputElement | null): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    field?.select()
    return document.execCommand('copy')
  }
}

const RoleChoice = ({ role, choose }: { role: Role; choose: (role: Role) => void }) => (
  <fieldset className="grid grid-cols-2 gap-2">
    <legend className="mb-1.5 text-sm font-medium">Everybody with the link …</legend>
    {ROLES.map(({ role: value, label, allows, Icon }) => (
      <button
        key={value}
        type="button"
        aria-pressed={role === value}
        onClick={() => choose(value)}
        className="border-line-strong hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft flex flex-col items-start rounded-xl border p-3 text-left transition-colors"
      >
        <span className="flex items-center gap-2 font-medium">
          <Icon aria-hidden className="size-4.5" /> {label}
        </span>
        <span className="text-soft mt-1 block text-sm">{allows}</span>
      </button>
    ))}
  </fieldset>
)

const TermChoice = ({ days, choose }: { days: number | null; choose: (days: number | null) => void }) => (
  <label className="flex items-center gap-3 text-sm">
    <span className="font-medium">It works</span>
    <span className="relative flex-1">
      <select
        value={String(days)}
        onChange={({ target }) => choose(TERMS[target.selectedIndex]?.days ?? null)}
        className="field h-10! appearance-none text-sm! pointer-coarse:h-11!"
      >
        {TERMS.map(({ days: value, label }) => (
          <option key={label} value={String(value)}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="text-soft pointer-events-none absolute inset-y-0 right-3 my-auto size-4"
      />
    </span>
  </label>
)

/** An address to read and to copy. */
const Address = ({ url, label }: { url: string; label: string }) => {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : Copy
  return (
    <div className="mt-1.5 flex gap-2">
      <input
        ref={field}
        readOnly
        value={url}
        aria-label={label}
        className="field text-soft h-10! text-sm! pointer-coarse:h-11!"
        onFocus={(event) => event.target.select()}
      />
      <Button
        size="small"
        className="h-10! w-24 shrink-0 pointer-coarse:h-11!"
        onClick={async () => setCopied(await copyText(url, field.current))}
      >
        <Icon aria-hidden className={`size-4 ${copied ? 'text-accent' : ''}`} />
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}

const LinkRow = ({ link, revoke }: { link: ShareLink; revoke: () => Promise<void> }) => {
  const [step, setStep] = useState<'idle' | 'sure' | 'busy'>('idle')
  const words = roleWords(link.role)
  const end = async () => {
    setStep('busy')
    await revoke()
    setStep('idle')
  }
  const Icon = words?.Icon ?? Link2
  return (
    <li className="border-line border-t py-3 first:border-t-0" data-link={link.id}>
      <div className="flex items-center gap-2">
        <Icon aria-hidden className="text-soft size-4.5 shrink-0" />
        <span className="min-w-0 text-sm">
          <span className="font-medium">{words?.label}</span>
          {link.expiresAt !== null && <span className="text-soft"> {untilWords(link.expiresAt)}</span>}
        </span>
        {step === 'idle' && (
          <Button
            size="small"
            look="quiet"
            className="text-soft! -mr-3 ml-auto pointer-coarse:h-11!"
            onClick={() => setStep('sure')}
          >
            Revoke
          </Button>
        )}
      </div>
      <Address url={link.url} label={`Link: ${words?.label}`} />
      {step !== 'idle' && (
        <div className="bg-danger-soft mt-2 rounded-lg p-3 text-sm">
          <p>The link stops working, and those who came through it are out at once.</p>
          <div className="mt-2 flex gap-2">
            <Button size="small" look="danger" disabled={step === 'busy'} onClick={end}>
              Revoke link
            </Button>
            <Button size="small" look="quiet" onClick={() => setStep('idle')}>
              Keep it
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}

const useLinks = (boardId: string) => {
  const [links, setLinks] = useState<readonly ShareLink[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const told = useCallback(async (work: () => Promise<void>) => {
    setProblem(null)
    try {
      await work()
    } catch (failure) {
      setProblem(wordsFor(failure))
    }
  }, [])
  const load = useCallback(
    () => told(async () => setLinks(await boardsApi.listLinks(boardId))),
    [boardId, told],
  )
  useEffect(() => {
    void load()
  }, [load])
  const create = (role: Role, days: number | null) =>
    told(async () => {
      const link = await boardsApi.createLink(boardId, { role, expiresAt: expiryAfter(days) })
      setLinks((now) => [link, ...(now ?? [])])
    })
  const revoke = (id: string) =>
    told(async () => {
      await boardsApi.revokeLink(boardId, id)
      setLinks((now) => (now ?? []).filter((link) => link.id !== id))
    })
  return { links, problem, load, create, revoke }
}

const Links = ({ boardId }: { boardId: string }) => {
  const { links, problem, load, create, revoke } = useLinks(boardId)
  const [role, setRole] = useState<Role>('editor')
  const [days, setDays] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const add = async () => {
    setBusy(true)
    await create(role, days)
    setBusy(false)
  }
  return (
    <div className="space-y-4">
      <RoleChoice role={role} choose={setRole} />
      <TermChoice days={days} choose={setDays} />
      <Button look="primary" className="w-full" onClick={add} disabled={busy}>
        {busy ? (
          <LoaderCircle aria-hidden className="size-4.5 animate-spin" />
        ) : (
          <Link2 aria-hidden className="size-4.5" />
        )}
        Create link
      </Button>
      <FormProblem>{problem}</FormProblem>
      {links === null && problem === null && (
        <div
          role="status"
          aria-label="Loading the links"
          className="bg-sunken h-16 animate-pulse rounded-xl"
        />
      )}
      {links === null && problem !== null && <Button onClick={load}>Try again</Button>}
      {links !== null && links.length > 0 && (
        <ul aria-label="Links to this board">
          {links.map((link) => (
            <LinkRow key={link.id} link={link} revoke={() => revoke(link.id)} />
          ))}
        </ul>
      )}
      {links?.length === 0 && (
        <p className="text-faint text-sm">Nobody else can open this board yet. Make a link and send it.</p>
      )}
    </div>
  )
}

/** For everybody but the owner. */
const ForOthers = ({ boardId }: { boardId: string }) => {
  const [owner, setOwner] = useState('the owner')
  useEffect(() => {
    let open = true
    const show = (name: string) => open && name !== '' && setOwner(name)
    api.getBoard(boardId).then(
      (board) => show(board.owner.name),
      () => {},
    )
    return () => {
      open = false
    }
  }, [boardId])
  return (
    <div className="space-y-5">
      <p className="bg-sunken rounded-lg px-3 py-2.5 text-sm text-pretty">
        Only the owner can let more people in. Ask <strong className="font-semibold">{owner}</strong> for a
        link.
      </p>
      <div>
        <p className="text-sm font-medium">Address of this board</p>
        <Address url={`${location.origin}/b/${boardId}`} label="Address of this board" />
        <p className="text-faint mt-1.5 text-sm text-pretty">
          It works for you, and for those who were let in before.
        </p>
      </div>
    </div>
  )
}

interface ShareDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly boardId: string
  readonly owner: boolean
}

/** Makes, lists, copies and ends the links to a board; who does not own it gets its address. */
const ShareDialog = ({ open, onOpenChange, boardId, owner }: ShareDialogProps) => (
  <Dialog
    open={open}
    onOpenChange={onOpenChange}
    title="Share this board"
    {...(owner && { description: 'Whoever has a link can join with just a name.' })}
  >
    {owner ? <Links boardId={boardId} /> : <ForOthers boardId={boardId} />}
  </Dialog>
)

export default ShareDialog
