'use client'

import { Suspense } from 'react'
import { othersAmong } from '../../../lib/roster.ts'
import { late } from '../../ui/late.ts'
import { useFollowing, useOpenBoard, usePresent } from '../session-context.tsx'

const Faces = late(() => import('./faces.tsx'))
const FollowingFrame = late(() => import('./following.tsx'))

/** Who else is here; a click follows their view. Their faces are fetched with the first of them. */
export const People = () => {
  const { person } = useOpenBoard()
  const peers = othersAmong(usePresent(), person.id)
  if (peers.length === 0) return null
  return (
    <Suspense fallback={null}>
      <Faces peers={peers} />
    </Suspense>
  )
}

/** The frame round the view while it follows somebody, and the way out. */
export const Following = () =>
  useFollowing() === null ? null : (
    <Suspense fallback={null}>
      <FollowingFrame />
    </Suspense>
  )
