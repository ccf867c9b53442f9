import { CircleCheck } from 'lucide-react'
import { type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

/** One thing about an account, with what can be done about it. */
export const Section = ({ title, lead, children }: SectionProps) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="panel p-5 sm:p-6">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {lead && <div className="text-soft mt-1 text-pretty">{lead}</div>}
      {children && <div className="mt-4 space-y-4">{children}</div>}
    </section>
  )
}

/** What went well. Stays in the page while empty, so that readers announce what appears. */
export const Done = ({ children }: { children: ReactNode }) => (
  <p
    role="status"
    className="bg-accent-soft text-accent-deep flex gap-2 rounded-lg px-3 py-2.5 text-sm empty:hidden"
  >
    {children && (
      <>
        <CircleCheck aria-hidden className="mt-px size-4.5 shrink-0" />
        <span>{children}</span>
      </>
    )}
  </p>
)
