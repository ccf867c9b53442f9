import { useCallback, useEffect, useState } from 'react'
import { notify } from '../../components/ui/toasts.tsx'
import { boardPath, call, wordsFor } from '../../lib/api.ts'
import { boardsApi } from '../../lib/boards-api.ts'
import { shortened } from '../../lib/shortened.ts'

/** A board in the bin. Times in ISO 8601. */
export interface BinnedBoard {
  readonly id: string
  readonly title: string
  readonly deletedAt: string
  /** When it goes for good. */
  readonly removedAt: string
}

export type Bin =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string }
  | { readonly state: 'ready'; readonly boards: readonly BinnedBoard[] }

/** The person's bin, and what can be done with what is in it. Failures are told in a message. */
export const useBin = () => {
  const [bin, setBin] = useState<Bin>({ state: 'loading' })
  const load = useCallback(async () => {
    setBin({ state: 'loading' })
    try {
      const { boards } = await call<{ boards: readonly BinnedBoard[] }>('GET', '/api/boards/bin')
      setBin({ state: 'ready', boards })
    } catch (failure) {
      setBin({ state: 'failed', words: wordsFor(failure) })
    }
  }, [])
  useEffect(() => {
    void load()
  }, [load])

  const drop = (id: string) =>
    setBin((now) =>
      now.state === 'ready' ? { ...now, boards: now.boards.filter((each) => each.id !== id) } : now,
    )

  const restore = async ({ id, title }: BinnedBoard) => {
    try {
      await boardsApi.restoreBoard(id)
      drop(id)
      const open = () => location.assign(`/b/${id}`)
      notify({
        text: `“${shortened(title)}” is back among your boards`,
        action: { label: 'Open', run: open },
      })
    } catch (failure) {
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }

  const remove = async ({ id }: BinnedBoard) => {
    try {
      await call('DELETE', boardPath('bin', `/${encodeURIComponent(id)}`))
      drop(id)
      notify({ text: 'Deleted for good' })
    } catch (failure) {
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }

  return { bin, load, restore, remove }
}
