'use client'

import { Popover } from '@base-ui/react/popover'
import { saveSentence } from '../../lib/save-sentence.ts'
import { saveWords } from '../../lib/save-words.ts'
import { Button } from '../ui/button.tsx'
import type { Opener } from '../ui/on-demand.tsx'
import { useOpenBoard, useShown, useSyncStatus } from './session-context.tsx'

/** The state in whole sentences, and what can be done about it. */
const SaveDetails = ({ button }: Opener) => {
  const { sync } = useOpenBoard().session
  const status = useSyncStatus()
  const shown = useShown()
  const { short } = saveWords(status, sync.deviceCopy, shown)
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={10} align="end" className="z-30">
          <Popover.Popup className="panel shadow-float popup-motion max-w-80 p-4 text-sm outline-none">
            <Popover.Title className="font-semibold text-balance">{short}</Popover.Title>
            <Popover.Description className="text-soft mt-1 text-pretty">
              {saveSentence(status, sync.deviceCopy, shown)}
            </Popover.Description>
            {status.state === 'offline' && (
              <Button size="small" className="mt-3 pointer-coarse:h-11!" onClick={() => sync.retry()}>
                Try now
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

export default SaveDetails
