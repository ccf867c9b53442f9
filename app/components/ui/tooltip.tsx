'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { atFirstSign } from '../../../whiteboard/index.ts'

type Side = 'top' | 'bottom'

interface Tip {
  readonly label: string
  readonly keys?: string | undefined
  /** Where the tip stands beside its control. */
  readonly side?: Side
}

/** Attributes that give a control a tip, for who hovers or focuses it. The control needs a name of its own. */
export const tip = ({ label, keys, side = 'top' }: Tip) => ({
  'data-tip': label,
  'data-tip-keys': keys,
  'data-tip-side': side,
})

/** The tips of the page, whose code comes with the first sign that somebody is there. */
export const Tooltips = () => {
  const [Layer, setLayer] = useState<ComponentType | null>(null)
  useEffect(() => {
    let gone = false
    const fetchLayer = () =>
      void import('./tooltip-layer.tsx').then(
        ({ TooltipLayer }) => {
          if (!gone) setLayer(() => TooltipLayer)
        },
        () => undefined,
      )
    const callOff = atFirstSign(fetchLayer)
    return () => {
      callOff()
      gone = true
    }
  }, [])
  return Layer && <Layer />
}
