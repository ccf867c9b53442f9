'use client'

import { Popover } from '@base-ui/react/popover'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { Present } from '../../../lib/roster.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { useEditor, useFollowing, useOpenBoard } from '../session-context.tsx'
import { Avatar } from './avatar.tsx'

const ListedPeer = ({ peer, close }: { peer: Present; close: () => void }) => {
  const editor = useEditor()
  const following = useFollowing() === peer.clientId
  return (
    <li>
      <button
        type="button"
        aria-pressed={following}
        className="button hover:bg-hover h-11 w-full justify-start! px-2"
        onClick={() => {
          editor.follow(following ? null : peer.clientId)
          close()
        }}
      >
        <Avatar name={peer.name} color={peer.color} ring={following} />
        <span className="min-w-0 truncate">{peer.name}</span>
        <span className="text-faint ml-auto flex shrink-0 items-center gap-1.5 pl-4 text-sm font-normal">
          {following ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          {following ? 'Stop' : 'Follow'}
        </span>
      </button>
    </li>
  )
}

/** Everybody who is here, one below the other. */
const PeopleList = ({ button, peers }: Opener & { peers: readonly Present[] }) => {
  const { person } = useOpenBoard()
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={10} align="end" className="z-30">
          <Popover.Popup className="panel shadow-float popup-motion w-72 max-w-[92vw] p-2 outline-none">
            <Popover.Title className="text-faint px-2 pt-1 pb-2 text-xs font-medium">
              {peers.length + 1} people here
            </Popover.Title>
            <ul className="max-h-72 overflow-y-auto">
              {peers.map((peer) => (
                <ListedPeer key={peer.clientId} peer={peer} close={() => setOpen(false)} />
              ))}
            </ul>
            <p className="text-faint border-line mt-1 truncate border-t px-2 pt-2 text-sm">
              You are here as {person.name}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

export default PeopleList
