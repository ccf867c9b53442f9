import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { ApiFailure, wordsFor } from '../../../lib/api.ts'
import { type Version, type VersionPage, versionsApi } from '../../../lib/versions.ts'

export type VersionsState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string }
  /** It is not for this person. */
  | { readonly state: 'closed' }
  | { readonly state: 'ready'; readonly versions: readonly Version[]; readonly nextCursor: string | null }

/** Milliseconds between two looks for what was added meanwhile. */
const LOOK_AGAIN = 60_000

/** What was loaded before stays behind the first page where they meet. */
const joined = (first: VersionPage, before: VersionsState): VersionsState => {
  const fresh: VersionsState = { state: 'ready', ...first }
  if (before.state !== 'ready') return fresh
  const last = first.versions.at(-1)
  const at = before.versions.findIndex(({ id }) => id === last?.id)
  if (at === -1 || first.nextCursor === null) return fresh
  return { ...before, versions: [...first.versions, ...before.versions.slice(at + 1)] }
}

const without = (failure: unknown): VersionsState =>
  failure instanceof ApiFailure && failure.status === 403
    ? { state: 'closed' }
    : { state: 'failed', words: wordsFor(failure) }

interface VersionsOptions {
  readonly boardId: string
  /** Only those with a name. */
  readonly named: boolean
  /** Whether the server is there: what could not be had without it is asked for again once it is back. */
  readonly connected: boolean
}

/** The history of a board, page by page, kept up with while it is shown. */
export const useVersions = ({ boardId, named, connected }: VersionsOptions) => {
  const [list, setList] = useState<VersionsState>({ state: 'loading' })
  const turn = useRef(0)
  const look = useCallback(async () => {
    const own = ++turn.current
    try {
      const page = await versionsApi.list(boardId, { named })
      if (own === turn.current) setList((before) => joined(page, before))
    } catch (failure) {
      if (own !== turn.current) return
      const next = without(failure)
      setList((before) => (before.state === 'ready' && next.state === 'failed' ? before : next))
    }
  }, [boardId, named])
  const reload = useCallback(() => {
    setList({ state: 'loading' })
    void look()
  }, [look])
  useEffect(() => {
    reload()
    const timer = setInterval(look, LOOK_AGAIN)
    return () => {
      turn.current++
      clearInterval(timer)
    }
  }, [look, reload])
  const onConnected = useEffectEvent(() => {
    if (list.state === 'failed' || list.state === 'closed') reload()
  })
  useEffect(() => {
    if (connected) onConnected()
  }, [connected])
  const more = async (cursor: string) => {
    const page = await versionsApi.list(boardId, { named, cursor })
    setList((before) =>
      before.state === 'ready' && before.nextCursor === cursor
        ? { state: 'ready', versions: [...before.versions, ...page.versions], nextCursor: page.nextCursor }
        : before,
    )
  }
  return { list, look, reload, more }
}
