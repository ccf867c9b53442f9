'use client'

import { useEffect, useRef, useState } from 'react'
import { atFirstSign, type Editor } from '../../../whiteboard/index.ts'
import { useEditor, usePresent } from './session-context.tsx'

/** Says what is selected and what this person changed. The words for it come with the first sign that somebody is there. */
const useOwnWork = (editor: Editor, say: (words: string) => void): void => {
  useEffect(() => {
    let end: (() => void) | null = null
    let gone = false
    const fetchWords = () =>
      void import('../../lib/announce-work.ts').then(
        ({ announceWork }) => {
          if (!gone) end = announceWork(editor, say)
        },
        () => undefined,
      )
    const callOff = atFirstSign(fetchWords)
    return () => {
      callOff()
      gone = true
      end?.()
    }
  }, [editor, say])
}

/** Says who comes and who goes. */
const usePeopleNews = (say: (words: string) => void): void => {
  const peers = usePresent()
  const known = useRef<ReadonlyMap<string, string> | null>(null)
  useEffect(() => {
    const now = new Map(peers.map(({ personId, name }) => [personId, name]))
    const last = known.current
    known.current = now
    if (!last) return
    const came = [...now].filter(([id]) => !last.has(id)).map(([, name]) => `${name} joined`)
    const went = [...last].filter(([id]) => !now.has(id)).map(([, name]) => `${name} left`)
    if (came.length + went.length > 0) say([...came, ...went].join(', '))
  }, [peers, say])
}

/** For screen readers: what is selected, what one changed, who is here. */
export const Announcer = () => {
  const [words, setWords] = useState('')
  useOwnWork(useEditor(), setWords)
  usePeopleNews(setWords)
  return (
    <p role="status" data-announcer className="sr-only">
      {words}
    </p>
  )
}
