'use client'

import { Suspense, useSyncExternalStore } from 'react'
import { late } from './late.ts'

export interface Notification {
  readonly text: string
  /** `hint`: nothing was done and nothing is wrong; there is something to know. `done` unless given. */
  readonly kind?: 'done' | 'failed' | 'hint'
  /** One thing to do about it, "Undo" for instance. */
  readonly action?: {
    readonly label: string
    readonly run: () => void
    /** Calls `over` once it would do something else than it says; the message goes then. The answer ends the watch. */
    readonly until?: (over: () => void) => () => void
  }
}

/** What shows messages is fetched with the first one. */
const ToastList = late(() => import('./toast-list.tsx'))
const listeners = new Set<() => void>()
let wanted = false

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a short message at the bottom of the window; it goes by itself. */
export const notify = (notification: Notification): void => {
  wanted = true
  for (const listener of listeners) listener()
  void import('./toast-list.tsx').then(({ show }) => show(notification)).catch(() => {})
}

/** Where messages appear; once on every page. */
export const Toasts = () => {
  const isWanted = useSyncExternalStore(
    subscribe,
    () => wanted,
    () => false,
  )
  if (!isWanted) return null
  return (
    <Suspense fallback={null}>
      <ToastList />
    </Suspense>
  )
}
