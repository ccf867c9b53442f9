'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import type { ReactNode } from 'react'

const manager = Toast.createToastManager()

export interface Notification {
  readonly text: string
  readonly kind?: 'done' | 'failed'
  /** One thing to do about it, "Undo" for instance. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Shows a short message at the bottom of the window; it goes by itself. */
export const notify = ({ text, kind = 'done', action }: Notification): void => {
  const id: string = manager.add({
    title: text,
    type: kind,
    timeout: action || kind === 'failed' ? 9000 : 4000,
    priority: kind === 'failed' ? 'high' : 'low',
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

const List = () => {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="panel shadow-float flex items-center gap-3 py-2 pr-2 pl-4 transition-[opacity,transform] duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      {toast.type === 'failed' ? (
        <CircleAlert aria-hidden className="text-danger size-4.5 shrink-0" />
      ) : (
        <CircleCheck aria-hidden className="text-accent size-4.5 shrink-0" />
      )}
      <Toast.Title className="text-sm font-medium" />
      <div className="ml-auto flex items-center">
        <Toast.Action className="button text-accent-deep hover:bg-accent-soft h-9 px-3 text-sm" />
        <Toast.Close
          aria-label="Close message"
          className="button text-soft hover:bg-hover hover:text-ink size-9"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </div>
    </Toast.Root>
  ))
}

export const Toasts = ({ children }: { children: ReactNode }) => (
  <Toast.Provider toastManager={manager} limit={3}>
    {children}
    <Toast.Portal>
      <Toast.Viewport className="fixed inset-x-4 bottom-24 z-50 mx-auto flex max-w-sm flex-col gap-2 sm:bottom-20">
        <List />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
)
