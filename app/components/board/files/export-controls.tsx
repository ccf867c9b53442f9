'use client'

import { type ReactNode, useId } from 'react'

/** One of a few values, in words. */
export const Choice = <Value extends string | number>({
  label,
  options,
  value,
  choose,
  rows = false,
}: {
  label: string
  options: readonly (readonly [value: Value, label: string])[]
  value: Value
  choose: (value: Value) => void
  /** Long words stand in two rows. */
  rows?: boolean
}) => (
  <fieldset>
    <legend className="text-faint mb-1 text-xs font-medium">{label}</legend>
    <div className={`bg-sunken gap-0.5 rounded-lg p-0.5 ${rows ? 'grid grid-cols-2' : 'flex'}`}>
      {options.map(([each, words]) => (
        <button
          key={each}
          type="button"
          aria-pressed={value === each}
          onClick={() => choose(each)}
          className="button text-soft hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink aria-pressed:shadow-panel h-8 min-w-0 flex-1 rounded-md! px-1 text-sm pointer-coarse:h-11"
        >
          {words}
        </button>
      ))}
    </div>
  </fieldset>
)

/** Something that is so or not. */
export const Switch = ({
  checked,
  change,
  children,
  hint,
}: {
  checked: boolean
  change: (checked: boolean) => void
  children: ReactNode
  hint?: string
}) => {
  const id = useId()
  return (
    <div className="flex min-h-8 items-start gap-2.5 py-1 pointer-coarse:min-h-11 pointer-coarse:py-2.5">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => change(event.target.checked)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="accent-accent mt-0.5 size-4.5 shrink-0 pointer-coarse:size-6"
      />
      <label htmlFor={id} className="text-sm pointer-coarse:pt-1">
        {children}
        {hint && (
          <span id={`${id}-hint`} className="text-faint block text-xs">
            {hint}
          </span>
        )}
      </label>
    </div>
  )
}
