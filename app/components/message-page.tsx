import type { ReactNode } from 'react'
import { Mark } from './brand.tsx'

/** A page with one thing to say: what happened, and where to go from here. */
export const MessagePage = ({
  title,
  children,
  actions,
}: {
  title: string
  children: ReactNode
  actions: ReactNode
}) => (
  <main className="dot-grid grid min-h-dvh place-items-center p-4">
    <div className="panel shadow-float w-full max-w-md p-8 text-center">
      <Mark className="mx-auto size-12" />
      <h1 className="mt-5 text-xl font-semibold text-balance">{title}</h1>
      <div className="text-soft mt-2 text-balance">{children}</div>
      <div className="mt-7 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  </main>
)
