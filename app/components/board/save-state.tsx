'use client'

import { CircleAlert, CloudCheck, CloudOff, CloudUpload, LoaderCircle, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { atFirstSign } from '../../../whiteboard/index.ts'
import type { saveSentence } from '../../lib/save-sentence.ts'
import { type SaveKind, saveWords } from '../../lib/save-words.ts'
import { insist } from '../ui/late.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { tip } from '../ui/tooltip.tsx'
import { useOpenBoard, useShown, useSyncStatus } from './session-context.tsx'

const loadDetails = () => import('./save-details.tsx')
const SaveDetails = onDemand(loadDetails)

type Sentence = typeof saveSentence

/** Fetched with the first sign that somebody is there, like the details: without a network they could not be had. */
const useSentence = (): Sentence | null => {
  const [sentence, setSentence] = useState<Sentence | null>(null)
  useEffect(
    () =>
      atFirstSign(() => {
        void loadDetails().catch(() => undefined)
        void insist(() => import('../../lib/save-sentence.ts')).then((code) =>
          setSentence(() => code.saveSentence),
        )
      }),
    [],
  )
  return sentence
}

const ICONS: Record<SaveKind, LucideIcon> = {
  connecting: LoaderCircle,
  saving: CloudUpload,
  saved: CloudCheck,
  offline: CloudOff,
  'not-saved': CircleAlert,
  ended: CloudOff,
}

const LOOKS: Record<SaveKind, string> = {
  connecting: 'text-soft',
  saving: 'text-soft',
  saved: 'text-soft',
  offline: 'bg-warn-soft text-warn',
  'not-saved': 'bg-danger-soft text-danger',
  ended: 'text-soft',
}

/** Tells the truth about where one's changes are: a picture, words, and more words when asked. */
export const SaveState = () => {
  const { sync } = useOpenBoard().session
  const status = useSyncStatus()
  const shown = useShown()
  const sentence = useSentence()
  const { kind, short } = saveWords(status, sync.deviceCopy, shown)
  const Icon = ICONS[kind]
  const urgent = kind === 'offline' || kind === 'not-saved'
  // On phones there are no words beside the picture.
  const nearlyFull = kind === 'saved' && status.state === 'online' && status.size === 'nearly-full'
  const button = (
    <button
      type="button"
      aria-label={`${short}. More about this`}
      data-save-state={kind}
      data-unsaved={status.unsaved}
      {...tip({ label: sentence?.(status, sync.deviceCopy, shown) ?? short, side: 'bottom' })}
      className={`button hover:bg-hover h-10 px-2.5 text-sm pointer-coarse:h-11 pointer-coarse:min-w-11 ${LOOKS[nearlyFull ? 'offline' : kind]}`}
    >
      <Icon aria-hidden className={`size-4.5 ${kind === 'connecting' ? 'animate-spin' : ''}`} />
      <span className="max-md:hidden">{short}</span>
      {urgent && status.unsaved > 0 && <span className="tabular-nums md:hidden">{status.unsaved}</span>}
    </button>
  )
  return (
    <>
      <SaveDetails button={button} />
      <span role="status" className="sr-only">
        {urgent ? short : ''}
      </span>
    </>
  )
}
