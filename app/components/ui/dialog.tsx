'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'

interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly wide?: boolean
  /** What has the focus first, where it is not the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined
  readonly children: ReactNode
}

/** A dialog in the middle of the window; on phones it comes up from the bottom. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  initialFocus,
  children,
}: DialogProps) => (
  <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
    <Base.Portal>
      <Base.Backdrop className="bg-veil fixed inset-0 z-40 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
      <Base.Viewport className="fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-4">
        <Base.Popup
          data-sheet
          initialFocus={initialFocus}
          className={`panel shadow-float max-sm:sheet-motion sm:popup-motion flex max-h-[92dvh] w-full flex-col outline-none max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)] ${wide ? 'sm:max-w-3xl' : 'sm:max-w-md'}`}
        >
          <div className="flex items-start gap-4 px-6 pt-5">
            <div className="min-w-0">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="text-soft mt-1 text-sm text-pretty wrap-anywhere">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className="button text-soft hover:bg-hover hover:text-ink -mt-1 -mr-2 ml-auto size-9 shrink-0 pointer-coarse:size-11"
            >
              <X aria-hidden className="size-5" />
            </Base.Close>
          </div>
          <div
            // Text alone, longer than the window, has to be scrolled with keys too.
            {...(wide && { tabIndex: 0 })}
            className="overflow-y-auto rounded-[inherit] px-6 pt-4 pb-6 focus-visible:-outline-offset-2"
          >
            {children}
          </div>
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  </Base.Root>
)
