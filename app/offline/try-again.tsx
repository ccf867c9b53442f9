'use client'

import { useEffect } from 'react'
import { Button } from '../components/ui/button.tsx'

/** Milliseconds between looks whether the server is back. */
const LOOK = 5000

/** To where the person wanted to go; somebody who opened this very page goes to their boards. */
const goOn = () => {
  if (location.pathname === '/offline') location.assign('/boards')
  else location.reload()
}

const goOnWhenBack = async () => {
  const answer = await fetch('/api/health', { cache: 'no-store' }).catch(() => null)
  if (answer?.ok) goOn()
}

/** Goes on when asked, and by itself when the server is back. */
export const TryAgain = () => {
  useEffect(() => {
    const timer = setInterval(goOnWhenBack, LOOK)
    window.addEventListener('online', goOnWhenBack)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', goOnWhenBack)
    }
  }, [])
  return (
    <Button look="primary" onClick={goOn}>
      Try again
    </Button>
  )
}
