'use client'

import { LoaderCircle } from 'lucide-react'
import { useEffect } from 'react'
import type { ImportReport } from '../../../../whiteboard/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { usePanels } from '../panels.tsx'
import { type ImportState, setImportState } from './import-state.ts'

type Note = ImportReport['skipped'][number]

const close = () => setImportState({ type: 'idle' })

/** Reasons in the order in which they first come, each with what it is the reason for. */
const byReason = (notes: readonly Note[]): readonly (readonly [reason: string, ids: readonly string[]])[] => {
  const reasons = new Map<string, string[]>()
  for (const { id, reason } of notes) reasons.set(reason, [...(reasons.get(reason) ?? []), id])
  return [...reasons]
}

/** Names that are shown of what has one reason. */
const MOST_IDS = 5

const namesOf = (ids: readonly string[]): string => {
  const named = ids.filter((id) => id !== '')
  const more = named.length > MOST_IDS ? ` and ${named.length - MOST_IDS} more` : ''
  return named.slice(0, MOST_IDS).join(', ') + more
}

const elements = (count: number): string =>
  count === 1 ? '1 element' : `${count.toLocaleString('en')} elements`

const Notes = ({ title, notes }: { title: string; notes: readonly Note[] }) =>
  notes.length > 0 && (
    <section className="mt-4">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1">
        {byReason(notes).map(([reason, ids]) => (
          <li key={reason} className="border-line flex gap-3 border-b py-2 text-sm last:border-0">
            <span className="text-soft w-10 shrink-0 text-right tabular-nums">{ids.length} ×</span>
            <span className="min-w-0">
              {reason}
              <span className="text-faint block truncate text-xs select-text">{namesOf(ids)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

const Report = ({ name, report }: { name: string; report: ImportReport }) => {
  const { added, skipped, changed } = report
  const title =
    added === 0 ? 'Nothing could be opened' : skipped.length > 0 ? 'Not all of it could be opened' : 'Opened'
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description={`${name}: ${added === 0 ? 'nothing' : elements(added)} on the board${skipped.length > 0 ? `, ${skipped.length.toLocaleString('en')} left out` : ''}.`}
    >
      <div className="-mt-4">
        <Notes title="Left out" notes={skipped} />
        <Notes title="Different from the file" notes={changed} />
      </div>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={close}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}

const Opening = ({ name }: { name: string }) => (
  <div className="pointer-events-none absolute inset-x-4 top-20 z-30 flex justify-center">
    <p
      role="status"
      className="panel shadow-float flex max-w-full items-center gap-3 px-4 py-2.5 text-sm font-medium"
    >
      <LoaderCircle aria-hidden className="text-accent size-5 shrink-0 animate-spin" />
      <span className="truncate">Opening {name} …</span>
    </p>
  </div>
)

/** The library has what was opened: shows it. */
const Shelved = () => {
  const { open, act } = usePanels()
  useEffect(() => {
    close()
    if (!open.has('library')) act('library')
  }, [open, act])
  return null
}

const ImportView = ({ state }: { state: ImportState }) => {
  if (state.type === 'opening') return <Opening name={state.name} />
  if (state.type === 'report') return <Report name={state.name} report={state.report} />
  return state.type === 'library' ? <Shelved /> : null
}

export default ImportView
