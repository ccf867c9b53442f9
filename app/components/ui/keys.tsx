'use client'

import { keyCaps } from '../../lib/keys.ts'

/** `Ctrl+Z` as the caps of a keyboard. */
export const Keys = ({ keys }: { keys: string }) => (
  <span className="flex gap-1">
    {keyCaps(keys).map((cap) => (
      <kbd
        key={cap}
        className="border-line bg-sunken text-soft min-w-5 rounded-md border px-1 text-center font-sans text-xs leading-5"
      >
        {cap}
      </kbd>
    ))}
  </span>
)
