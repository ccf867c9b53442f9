'use client'

import type { Present } from '../../../lib/roster.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { tip } from '../../ui/tooltip.tsx'
import { useEditor, useFollowing } from '../session-context.tsx'
import { Avatar } from './avatar.tsx'

/** Faces in the bar; the others are a number. */
const SHOWN = 3
const SHOWN_ON_PHONES = 2

const FollowButton = ({ peer }: { peer: Present }) => {
  const editor = useEditor()
  const following = useFollowing() === peer.clientId
  const words = following ? `Stop following ${peer.name}` : `Follow ${peer.name}`
  return (
    <button
      type="button"
      {...tip({ label: words, side: 'bottom' })}
      aria-label={words}
      aria-pressed={following}
      data-peer={peer.name}
      className="rounded-full p-1"
      onClick={() => editor.follow(following ? null : peer.clientId)}
    >
      <Avatar name={peer.name} color={peer.color} ring={following} />
    </button>
  )
}

const PeopleList = onDemand<{ peers: readonly Present[] }>(() => import('./people-list.tsx'))

const Everybody = ({ peers, className }: { peers: readonly Present[]; className: string }) => {
  const hidden = peers.length - SHOWN
  const phoneHidden = peers.length - SHOWN_ON_PHONES
  // What is read out contains what is to be seen.
  const words = `${peers.length + 1} people here${hidden > 0 ? ` (+${hidden})` : ''}`
  const button = (
    <button
      type="button"
      aria-label={words}
      className={`button hover:bg-hover h-10 px-1.5 text-sm pointer-coarse:h-11 ${className}`}
    >
      <span className="flex -space-x-2 sm:hidden">
        {peers.slice(0, SHOWN_ON_PHONES).map((peer) => (
          <Avatar key={peer.clientId} name={peer.name} color={peer.color} stacked />
        ))}
      </span>
      {hidden > 0 && <span className="max-sm:hidden">+{hidden}</span>}
      {phoneHidden > 0 && (
        <span
          aria-hidden
          data-count={`+${phoneHidden}`}
          className="after:content-[attr(data-count)] sm:hidden"
        />
      )}
    </button>
  )
  return <PeopleList button={button} peers={peers} />
}

/** Those who are here too, in the bar. */
const Faces = ({ peers }: { peers: readonly Present[] }) => (
  <>
    <div className="flex max-sm:hidden">
      {peers.slice(0, SHOWN).map((peer) => (
        <FollowButton key={peer.clientId} peer={peer} />
      ))}
    </div>
    <Everybody peers={peers} className={peers.length > SHOWN ? '' : 'sm:hidden'} />
  </>
)

export default Faces
