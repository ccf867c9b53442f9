'use client'

import { Slider } from '@base-ui/react/slider'
import { useRef, useState } from 'react'
import { Section } from './choice.tsx'

interface OpacityProps {
  /** 0 to 1. */
  readonly value: number | 'mixed'
  /** Null: as it was. */
  readonly preview: (opacity: number | null) => void
  readonly choose: (opacity: number) => void
}

/** Shows what it does while it is dragged; the board is written to once, on release: one step of undo. */
const Opacity = ({ value, preview, choose }: OpacityProps) => {
  const [dragged, setDragged] = useState<number | null>(null)
  const cancelled = useRef(false)
  /** The browser took the pointer away: the slider may still say that it was let go, which does not count. */
  const cancel = () => {
    cancelled.current = true
    setDragged(null)
    preview(null)
  }
  const percent = dragged ?? (value === 'mixed' ? 100 : Math.round(value * 100))
  return (
    <Section label={`Opacity ${value === 'mixed' && dragged === null ? '' : `${percent} %`}`}>
      <Slider.Root
        value={percent}
        min={10}
        max={100}
        step={5}
        onValueChange={(next) => {
          cancelled.current = false
          setDragged(next)
          preview(next / 100)
        }}
        onValueCommitted={(next) => {
          setDragged(null)
          if (!cancelled.current) choose(next / 100)
        }}
        onPointerCancel={cancel}
        onTouchCancel={cancel}
      >
        <Slider.Control className="flex h-8 touch-none items-center px-2 pointer-coarse:h-11 pointer-coarse:px-3">
          <Slider.Track className="bg-line-strong h-1 w-full rounded-full">
            <Slider.Indicator className="bg-accent rounded-full" />
            <Slider.Thumb
              aria-label="Opacity"
              className="border-accent bg-surface shadow-panel has-[:focus-visible]:outline-accent size-4 rounded-full border-2 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 pointer-coarse:size-6"
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
    </Section>
  )
}

export default Opacity
