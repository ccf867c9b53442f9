'use client'

import { Popover } from '@base-ui/react/popover'
import { CircleAlert, CloudCheck, CloudOff, CloudUpload, LoaderCircle, type LucideIcon } from 'lucide-react'
import { type SaveKind, saveWords } from '../../lib/save-words.ts'
import { Button } from '../ui/button.tsx'
import { useOpenBoard, useSyncStatus } from './session-context.tsx'

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
  const { kind, short, long } = saveWords(status, sync.deviceCopy)
  const Icon = ICONS[kind]
  const urgent = kind === 'offline' || kind === 'not-saved'
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={300}
        aria-label={`${short}. More about this`}
        data-save-state={kind}
        data-unsaved={status.unsaved}
        className={`button hover:bg-hover h-10 px-2.5 text-sm pointer-coarse:h-11 ${LOOKS[kind]}`}
      >
        <Icon aria-hidden className={`size-4.5 ${kind === 'connecting' ? 'animate-spin' : ''}`} />
        <span className="max-md:hidden">{short}</span>
        {urgent && status.unsaved > 0 && <span className="tabular-nums md:hidden">{status.unsaved}</span>}
      </Popover.Trigger>
      <span role="status" className="sr-only">
        {urgent ? short : ''}
      </span>
      <Popover.Portal>
        <Popover.Positioner sideOffset={10} align="end" className="z-30">
          <Popover.Popup className="panel shadow-float popup-motion max-w-72 p-4 text-sm outline-none">
            <Popover.Title className="font-semibold">{short}</Popover.Title>
            <Popover.Description className="text-soft mt-1">{long}</Popover.Description>
            {status.state === 'offline' && (
              <Button size="small" className="mt-3" onClick={() => sync.retry()}>
                Try now
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
