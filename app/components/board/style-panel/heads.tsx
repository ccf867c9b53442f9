'use client'

import type { ReactNode } from 'react'
import type { ArrowHead } from '../../../../whiteboard/index.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { tip } from '../../ui/tooltip.tsx'
import { Section } from './choice.tsx'
import { Picture } from './options.tsx'

const HeadPopover = onDemand(() => import('./head-popover.tsx'))

interface Head {
  readonly label: string
  /** The end of a line to the right; the start shows it mirrored. */
  readonly picture: ReactNode
}

const crow = 'M12 12 20 6.5M12 12l8 5.5M12 12h8'

/** All heads, in the order in which they are offered. */
export const HEADS: Readonly<Record<ArrowHead, Head>> = {
  none: { label: 'Plain', picture: <path d="M4 12h16" /> },
  arrow: { label: 'Arrow', picture: <path d="M4 12h16M14.5 6.5 20 12l-5.5 5.5" /> },
  triangle: { label: 'Triangle', picture: <path d="M4 12h8M12.5 6.5 20 12l-7.5 5.5Z" fill="currentColor" /> },
  'triangle-outline': { label: 'Open triangle', picture: <path d="M4 12h8.5M12.5 6.5 20 12l-7.5 5.5Z" /> },
  bar: { label: 'Bar', picture: <path d="M4 12h15M19 6.5v11" /> },
  dot: {
    label: 'Dot',
    picture: (
      <>
        <path d="M4 12h9" />
        <circle cx="16.5" cy="12" r="3.5" fill="currentColor" />
      </>
    ),
  },
  'circle-outline': {
    label: 'Circle',
    picture: (
      <>
        <path d="M4 12h9" />
        <circle cx="16.5" cy="12" r="3.5" />
      </>
    ),
  },
  diamond: { label: 'Diamond', picture: <path d="M4 12h7M11 12l4.5-4 4.5 4-4.5 4Z" fill="currentColor" /> },
  'diamond-outline': { label: 'Open diamond', picture: <path d="M4 12h7M11 12l4.5-4 4.5 4-4.5 4Z" /> },
  one: { label: 'One', picture: <path d="M4 12h16M16 7v10" /> },
  many: { label: 'Many', picture: <path d={`M4 12h8${crow}`} /> },
  'one-or-many': { label: 'One or many', picture: <path d={`M4 12h8${crow}M9.5 7v10`} /> },
  'exactly-one': { label: 'Exactly one', picture: <path d="M4 12h16M13 7v10M17 7v10" /> },
  'zero-or-one': {
    label: 'Zero or one',
    picture: (
      <>
        <path d="M4 12h3.5M13.5 12H20M17 7v10" />
        <circle cx="10.5" cy="12" r="3" />
      </>
    ),
  },
  'zero-or-many': {
    label: 'Zero or many',
    picture: (
      <>
        <path d={`M3 12h2.5M11.5 12h1${crow}`} />
        <circle cx="8.5" cy="12" r="3" />
      </>
    ),
  },
}

export const HeadPicture = ({ head, end }: { head: ArrowHead; end: 'start' | 'end' }) => (
  <span className={end === 'start' ? '-scale-x-100' : ''}>
    <Picture>{HEADS[head].picture}</Picture>
  </span>
)

interface HeadChoiceProps {
  readonly end: 'start' | 'end'
  readonly value: ArrowHead | 'mixed'
  readonly choose: (head: ArrowHead) => void
}

/** The head at one end of a line; all heads open beside it. */
export const HeadChoice = ({ end, value, choose }: HeadChoiceProps) => {
  const label = end === 'start' ? 'Start' : 'End'
  const name = value === 'mixed' ? 'different' : HEADS[value].label
  const button = (
    <button
      type="button"
      aria-label={`${label}: ${name}`}
      {...tip({ label: name })}
      onMouseDown={(event) => event.preventDefault()}
      className="button bg-sunken text-ink hover:bg-hover aria-expanded:bg-hover h-9 w-full rounded-lg! pointer-coarse:h-11"
    >
      {value === 'mixed' ? <span aria-hidden>–</span> : <HeadPicture head={value} end={end} />}
    </button>
  )
  return (
    <Section label={label}>
      <HeadPopover button={button} end={end} label={label} value={value} choose={choose} />
    </Section>
  )
}
