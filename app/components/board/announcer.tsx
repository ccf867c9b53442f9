'use client'

import { useEffect, useRef, useState } from 'react'
import { announceWork } from '../../lib/announce-work.ts'
import { useEditor, usePeers } from './session-context.tsx'

/** Says who comes and who goes. */
const usePeopleNews = (say: (words: string) => void): void => {
  const peers = usePeers()
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
  const editor = useEditor()
  useEffect(() => announceWork(editor, setWords), [editor])
  usePeopleNews(setWords)
  return (
    <p role="status" data-announcer className="sr-only">
      {words}
    </p>
  )
}
