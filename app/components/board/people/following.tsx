'use client'

import { useEditor, useFollowing, usePresent } from '../session-context.tsx'

/** Whom the view follows, and the way out. */
const FollowingFrame = () => {
  const editor = useEditor()
  const following = useFollowing()
  const peer = usePresent().find(({ clientId }) => clientId === following)
  if (following === null || !peer) return null
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-0 z-10"
        style={{ boxShadow: `inset 0 0 0 3px ${peer.color}` }}
      />
      <div className="pointer-events-none absolute inset-x-0 top-18 z-20 flex justify-center">
        <div
          role="status"
          className="panel shadow-float pointer-events-auto flex items-center gap-2 rounded-full! py-1 pr-1 pl-4 text-sm"
        >
          <span className="max-w-48 truncate">Following {peer.name}</span>
          <button
            type="button"
            className="button hover:bg-hover text-accent-deep h-8 rounded-full! px-3 pointer-coarse:h-11"
            onClick={() => editor.follow(null)}
          >
            Stop
          </button>
        </div>
      </div>
    </>
  )
}

export default FollowingFrame
