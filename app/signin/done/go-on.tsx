'use client'

import { LoaderCircle } from 'lucide-react'
import { useEffect } from 'react'
import { forgetPages } from '../../lib/offline.ts'
import { nextPage } from '../../lib/sign-in.ts'

/** Milliseconds. A browser that is slow with its databases does not keep anybody here; the next page tries again. */
const PATIENCE = 5000

const settle = async (): Promise<void> => {
  await forgetPages()
  const { bringCopies } = await import('../../lib/bring-copies.ts')
  await bringCopies()
}

/** Brings what this browser keeps along, and goes on. */
export const GoOn = ({ callbackUrl }: { callbackUrl: string | null }) => {
  useEffect(() => {
    const enough = new Promise((resolve) => setTimeout(resolve, PATIENCE))
    const leave = () => location.replace(nextPage(callbackUrl))
    Promise.race([settle(), enough]).then(leave, leave)
  }, [callbackUrl])
  return (
    <p role="status" className="text-soft flex items-center gap-2.5">
      <LoaderCircle aria-hidden className="size-5 animate-spin" /> Bringing your work along …
    </p>
  )
}
