import { type KeyboardEvent, useState } from 'react'
import type { Version } from '../../../lib/versions.ts'
import { Button } from '../../ui/button.tsx'
import type { VersionsState } from './use-versions.ts'
import { type RowActions, VersionRow } from './version-row.tsx'
import { byDay } from './words.ts'

/** Arrows go from version to version. */
const stepRows = (event: KeyboardEvent<HTMLElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-version]')]
  const at = rows.indexOf(event.target as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: rows.length - 1 }[event.key]
  if (at === -1 || to === undefined) return
  rows[to]?.focus()
  event.preventDefault()
}

const Skeleton = () => (
  <div role="status" aria-label="Loading the history" className="animate-pulse space-y-2 px-2 pt-3 pb-4">
    {['w-24', 'w-40', 'w-32', 'w-44', 'w-28'].map((width) => (
      <div key={width} className="flex h-10 items-center gap-3">
        <span className="bg-sunken size-2 rounded-full" />
        <span className={`bg-sunken h-4 rounded ${width}`} />
        <span className="bg-sunken ml-auto size-6 rounded-full" />
      </div>
    ))}
  </div>
)

const Closed = () => (
  <p className="text-soft px-2 py-6 text-center text-sm text-balance">
    Only people who can edit this board see its history.
  </p>
)

const Failed = ({ words, retry }: { words: string; retry: () => void }) => (
  <div role="alert" className="px-2 py-6 text-center">
    <p className="text-soft mb-4 text-sm text-balance">{words}</p>
    <Button size="small" className="pointer-coarse:h-11!" onClick={retry}>
      Try again
    </Button>
  </div>
)

const More = ({ load }: { load: () => Promise<void> }) => {
  const [busy, setBusy] = useState(false)
  const press = () => {
    setBusy(true)
    load()
      .catch(() => {})
      .finally(() => setBusy(false))
  }
  return (
    <Button size="small" look="quiet" className="w-full pointer-coarse:h-11!" disabled={busy} onClick={press}>
      {busy ? 'Loading …' : 'Older versions'}
    </Button>
  )
}

interface ListProps {
  readonly list: VersionsState
  readonly named: boolean
  readonly shown: Version | null
  readonly actions: RowActions
  readonly reload: () => void
  readonly more: (cursor: string) => Promise<void>
}

/** The versions of a board under their days. */
export const VersionList = ({ list, named, shown, actions, reload, more }: ListProps) => {
  if (list.state === 'loading') return <Skeleton />
  if (list.state === 'closed') return <Closed />
  if (list.state === 'failed') return <Failed words={list.words} retry={reload} />
  const { versions, nextCursor } = list
  if (versions.length === 0) {
    return (
      <p className="text-soft px-2 py-6 text-center text-sm text-balance">
        {named
          ? 'No version has a name yet. Those that have one are kept for as long as you like.'
          : 'Versions appear here while you draw: every ten minutes, and when everybody has left.'}
      </p>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have the focus; arrows lead from one to the other
    <div onKeyDown={stepRows}>
      {byDay(versions, new Date()).map(({ title, versions: rows }) => (
        <section key={title} aria-label={title}>
          <h3 className="text-faint px-2 pt-3 pb-1 text-xs font-medium">{title}</h3>
          <ul>
            {rows.map((version) => (
              <VersionRow
                key={version.id}
                version={version}
                shown={version.id === shown?.id}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor !== null && <More load={() => more(nextCursor)} />}
    </div>
  )
}
