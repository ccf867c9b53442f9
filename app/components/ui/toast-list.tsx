'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect } from 'react'
import type { Notification } from './toasts.tsx'

const manager = Toast.createToastManager()

/** Messages from before the list was on the page; null once it is. */
let waiting: Notification[] | null = []

/** Letters of a message from which on it takes longer to read. */
const LONG = 60

const add = ({ text, kind = 'done', action }: Notification): void => {
  const endWatch = action?.until?.(() => manager.close(id))
  const id: string = manager.add({
    title: text,
    type: kind,
    timeout: action || kind === 'failed' || text.length > LONG ? 9000 : 4000,
    priority: kind === 'failed' ? 'high' : 'low',
    ...(endWatch && { onClose: endWatch }),
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          manager.close(id)
          action.run()
        },
      },
    }),
  })
}

/** Adds a message; those that come before the list is on the page wait for it. */
export const show = (notification: Notification): void => {
  if (waiting) waiting.push(notification)
  else add(notification)
}

const Sign = ({ kind }: { kind: string | undefined }) => {
  if (kind === 'failed') return <CircleAlert aria-hidden className="text-danger size-4.5 shrink-0" />
  if (kind === 'hint') return <Info aria-hidden className="text-soft size-4.5 shrink-0" />
  return <CircleCheck aria-hidden className="text-accent size-4.5 shrink-0" />
}

const List = () => {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="panel shadow-float flex items-center gap-3 py-2 pr-2 pl-4 transition-[opacity,transform] duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Sign kind={toast.type} />
      <Toast.Title className="min-w-0 text-sm font-medium wrap-anywhere text-pretty" />
      <div className="ml-auto flex items-center">
        <Toast.Action className="button text-accent-deep hover:bg-accent-soft h-9 px-3 text-sm pointer-coarse:h-11" />
        <Toast.Close
          aria-label="Close message"
          className="button text-soft hover:bg-hover hover:text-ink size-9 pointer-coarse:size-11"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </div>
    </Toast.Root>
  ))
}

/** The messages that are shown now. */
const ToastList = () => {
  // Runs after the provider below has begun to listen.
  useEffect(() => {
    const early = waiting ?? []
    waiting = null
    for (const notification of early) add(notification)
    return () => {
      waiting = []
    }
  }, [])
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-[calc(8.5rem+env(safe-area-inset-bottom))] z-50 mx-auto flex max-w-sm flex-col gap-2 roomy:bottom-20 short:bottom-20 max-sm:in-[body:has([data-sheet])]:top-4 max-sm:in-[body:has([data-sheet])]:bottom-auto">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

export default ToastList
