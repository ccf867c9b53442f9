'use client'

import { useState } from 'react'

interface SizeFieldProps {
  readonly value: number | 'mixed'
  readonly choose: (size: number) => void
}

/** Board units. */
const SMALLEST = 2
const LARGEST = 2000

/** Any size of letters; takes effect on Enter, or when it is left. Keys are the board's again then. */
export const SizeField = ({ value, choose }: SizeFieldProps) => {
  const [text, setText] = useState<string | null>(null)
  const shown = value === 'mixed' ? '' : String(Math.round(value * 10) / 10)
  const finish = (written: string) => {
    const size = Number(written)
    if (written.trim() !== '' && Number.isFinite(size) && written !== shown) {
      choose(Math.min(LARGEST, Math.max(SMALLEST, size)))
    }
    setText(null)
  }
  return (
    <input
      aria-label="Text size in units"
      inputMode="decimal"
      value={text ?? shown}
      placeholder="–"
      maxLength={6}
      onChange={(event) => setText(event.target.value)}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = shown
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
      }}
      className="bg-surface border-line text-ink h-8 w-11 min-w-0 rounded-md border text-center text-sm tabular-nums pointer-coarse:h-11"
    />
  )
}
