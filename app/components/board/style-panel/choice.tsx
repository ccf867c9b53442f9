'use client'

import type { ReactNode } from 'react'
import { tip } from '../../ui/tooltip.tsx'

interface SectionProps {
  readonly label: string
  /** By which `pickStyle` finds it. */
  readonly name?: string
  readonly children: ReactNode
}

export const Section = ({ label, name, children }: SectionProps) => (
  <fieldset className="min-w-0" data-style-section={name}>
    <legend className="text-faint mb-1 text-xs font-medium">{label}</legend>
    {children}
  </fieldset>
)

/**
 * Short sections in rows of two, the last of an odd number alone in its row; one below the other where fingers need broad
 * targets and there is no room.
 */
export const Pair = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-2 gap-2 empty:hidden [&>:last-child:nth-child(odd)]:col-span-full sm:pointer-coarse:grid-cols-1 sm:pointer-coarse:gap-3">
    {children}
  </div>
)

export interface Option<Value> {
  readonly value: Value
  readonly label: string
  readonly picture: ReactNode
}

/** The option that comes nearest to a number that may lie between them. */
export const nearest = (options: readonly Option<number>[], value: number | 'mixed'): number | 'mixed' => {
  if (value === 'mixed') return value
  const distance = (option: Option<number>) => Math.abs(option.value - value)
  return options.reduce((best, option) => (distance(option) < distance(best) ? option : best), {
    value: Number.POSITIVE_INFINITY,
    label: '',
    picture: null,
  }).value
}

interface ChoiceProps<Value> {
  readonly label: string
  readonly name?: string
  readonly options: readonly Option<Value>[]
  readonly value: Value | 'mixed'
  readonly choose: (value: Value) => void
  /** What stands beside the options, within their frame. */
  readonly children?: ReactNode
}

/** One of a few values, side by side, each with a picture. */
export const Choice = <Value extends string | number>({
  label,
  name,
  options,
  value,
  choose,
  children,
}: ChoiceProps<Value>) => (
  <Section label={label} {...(name && { name })}>
    <div className="bg-sunken flex gap-0.5 rounded-lg p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-label={`${label}: ${option.label}`}
          {...tip({ label: option.label })}
          aria-pressed={value === option.value}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(option.value)}
          className="button text-soft hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink aria-pressed:shadow-panel h-8 min-w-0 flex-1 rounded-md! text-sm pointer-coarse:h-11"
        >
          {option.picture}
        </button>
      ))}
      {children}
    </div>
  </Section>
)
