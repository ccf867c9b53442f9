import Link from 'next/link'
import type { ReactNode } from 'react'
import { Wordmark } from './brand.tsx'

/** The frame of the pages through which people come in. */
export const EntryPage = ({
  title,
  lead,
  children,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
}) => (
  <main className="dot-grid grid min-h-dvh place-items-center px-4 py-10">
    <div className="w-full max-w-sm">
      <Link
        href="/"
        aria-label="Drawbridge, start page"
        className="mx-auto mb-4.5 flex w-fit rounded-lg px-2 py-1.5"
      >
        <Wordmark />
      </Link>
      <div className="panel shadow-float p-6 sm:p-7">
        <h1 className="text-xl font-semibold text-balance">{title}</h1>
        {lead && <div className="text-soft mt-1.5 text-pretty">{lead}</div>}
        <div className="mt-6">{children}</div>
      </div>
    </div>
  </main>
)
