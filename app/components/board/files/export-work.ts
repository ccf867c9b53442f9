import { useEffect, useRef, useState } from 'react'

type Work =
  | { readonly type: 'idle' }
  | { readonly type: 'busy'; readonly done: number }
  | { readonly type: 'failed'; readonly words: string }

const wordsOf = (failure: unknown): string => {
  if (failure instanceof DOMException && failure.name === 'NotAllowedError') {
    return 'This browser does not let the board write to the clipboard. Download the file instead.'
  }
  return failure instanceof Error && failure.message !== ''
    ? failure.message
    : 'That did not work. Try again.'
}

/** Work that takes a while, one at a time: how far it is, and how it is called off. */
export const useExportWork = () => {
  const [work, setWork] = useState<Work>({ type: 'idle' })
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const cancel = () => {
    current.current?.abort()
    setWork({ type: 'idle' })
  }
  const run = async (task: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<void>) => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    const isOver = () => controller.signal.aborted
    setWork({ type: 'busy', done: 0 })
    try {
      await task(controller.signal, (done) => {
        if (!isOver()) setWork({ type: 'busy', done })
      })
      if (!isOver()) setWork({ type: 'idle' })
    } catch (failure) {
      if (!isOver()) setWork({ type: 'failed', words: wordsOf(failure) })
    }
  }
  return { work, run, cancel }
}
