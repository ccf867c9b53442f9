import { ArrowLeft, Copy, LifeBuoy, LoaderCircle, RotateCcw } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Past, ShownPast } from '../../../../whiteboard/index.ts'
import type { Version } from '../../../lib/versions.ts'
import { Button } from '../../ui/button.tsx'
import { useLoaded, useOpenBoard } from '../session-context.tsx'
import { bringBack, copyToNewBoard, loadPast, restore } from './actions.ts'
import { countWords, momentWords } from './words.ts'

/** The state of a version, once it is here; it is let go when another is looked at. */
const usePast = (version: Version, leave: () => void): Past | null => {
  const board = useOpenBoard()
  const [past, setPast] = useState<Past | null>(null)
  const left = useEffectEvent(leave)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version's state never changes
  useEffect(() => {
    let gone = false
    let opened: Past | null = null
    void loadPast(board, version).then((loaded) => {
      opened = loaded
      if (gone) opened?.dispose()
      else if (loaded) setPast(loaded)
      else left()
    })
    return () => {
      gone = true
      setPast(null)
      opened?.dispose()
    }
  }, [board, version.id])
  return past
}

const POPUP = '[data-open]:is([role="dialog"], [role="menu"])'

/** Whether a key is for a dialog or a menu, or for what has the focus in the list or beside what is shown. */
const isElsewhere = ({ key, target }: KeyboardEvent): boolean => {
  if (key === 'Escape') return document.querySelector(POPUP) !== null
  return target instanceof Element && target.closest(`section[data-panel], ${POPUP}`) !== null
}

/** Keys are for what is shown: the board beneath must not hear of them. Escape goes back to it. */
const useKeys = (shown: { readonly current: ShownPast | null }, leave: () => void): void => {
  const left = useEffectEvent(leave)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return
      event.stopImmediatePropagation()
      if (event.key === 'Escape') left()
      else if (!shown.current?.pressKey(event)) return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [shown])
}

/** The board beneath can be neither reached nor read out. */
const useInertBoard = (): void => {
  useEffect(() => {
    const canvas = document.querySelector('[data-board-canvas]')
    canvas?.setAttribute('inert', '')
    return () => canvas?.removeAttribute('inert')
  }, [])
}

interface BannerProps {
  readonly version: Version
  readonly past: Past | null
  readonly leave: () => void
  readonly changed: () => void
}

const Banner = ({ version, past, leave, changed }: BannerProps) => {
  const board = useOpenBoard()
  const [busy, setBusy] = useState(false)
  const missing = useMemo(() => past?.missing() ?? 0, [past])
  const when = momentWords(version.createdAt, new Date())
  const goBack = async () => {
    if (!past) return
    setBusy(true)
    const done = await restore(board, version, past)
    setBusy(false)
    if (!done) return
    changed()
    leave()
  }
  const fetchMissing = () => {
    if (past) bringBack(board, past)
    leave()
  }
  const copy = async () => {
    setBusy(true)
    await copyToNewBoard(board, version)
    setBusy(false)
  }
  const loaded = useLoaded()
  const waits = busy || !past || !loaded
  const small = 'pointer-coarse:h-11!'
  return (
    <section
      data-panel="history"
      aria-label="Version that is shown"
      className="panel shadow-float absolute top-[calc(0.5rem+env(safe-area-inset-top))] left-2 right-2 flex flex-wrap items-center gap-x-4 gap-y-2 p-2 pl-4 sm:top-3 sm:right-[21.5rem] sm:left-3"
    >
      <p role="status" className="mr-auto flex min-w-0 items-center gap-2 text-sm">
        {!past && <LoaderCircle aria-hidden className="text-soft size-4 shrink-0 animate-spin" />}
        <span className="min-w-0">
          {past ? 'You are looking at the board as of ' : 'Loading the board as of '}
          <strong className="font-semibold">{version.name ?? when}</strong>
          {version.name !== null && <span className="text-soft"> · {when}</span>}
        </span>
      </p>
      <div className="flex flex-wrap gap-1.5">
        {missing > 0 && (
          <Button size="small" className={small} disabled={waits} onClick={fetchMissing}>
            <LifeBuoy aria-hidden className="size-4" /> Bring back {countWords(missing)}
          </Button>
        )}
        <Button size="small" look="primary" className={small} disabled={waits} onClick={goBack}>
          <RotateCcw aria-hidden className="size-4" /> Restore
        </Button>
        <Button size="small" className={small} disabled={busy} onClick={copy}>
          <Copy aria-hidden className="size-4 max-sm:hidden" /> Copy to a new board
        </Button>
        <Button size="small" look="quiet" className={small} onClick={leave}>
          <ArrowLeft aria-hidden className="size-4 max-sm:hidden" /> Back
        </Button>
      </div>
    </section>
  )
}

interface PreviewProps {
  readonly version: Version
  readonly leave: () => void
  /** There is another version now. */
  readonly changed: () => void
}

/** The board as it once was, over the board as it is, which goes on beneath. */
export const Preview = ({ version, leave, changed }: PreviewProps) => {
  const host = useRef<HTMLDivElement>(null)
  const shown = useRef<ShownPast | null>(null)
  const past = usePast(version, leave)
  useKeys(shown, leave)
  useInertBoard()
  useEffect(() => {
    if (!past || !host.current) return
    host.current.setAttribute('aria-label', 'Board as it was')
    const looking = past.show(host.current)
    shown.current = looking
    return () => {
      shown.current = null
      looking.end()
    }
  }, [past])
  return (
    <div className="bg-ground fixed inset-0 z-20 overflow-hidden select-none">
      <div
        ref={host}
        key={version.id}
        data-panel="history"
        data-past-canvas
        className="absolute inset-0 touch-none"
      />
      <Banner version={version} past={past} leave={leave} changed={changed} />
    </div>
  )
}
