'use client'

import { Check } from 'lucide-react'
import { type Color, inkOn, type Swatch, shownColor } from '../../../../whiteboard/index.ts'
import { tip } from '../../ui/tooltip.tsx'
import { useEditorState } from '../session-context.tsx'
import { Section } from './choice.tsx'

interface SwatchesProps {
  readonly label: string
  readonly palette: readonly Swatch[]
  readonly value: Color | 'mixed'
  readonly columns: 4 | 5
  readonly choose: (color: Color) => void
}

/** The colours of a palette as the board shows them in this theme. */
export const Swatches = ({ label, palette, value, columns, choose }: SwatchesProps) => {
  const theme = useEditorState((state) => state.theme)
  return (
    <Section label={label}>
      <div
        className={`grid gap-1 ${columns === 5 ? 'grid-cols-5' : 'grid-cols-4'} max-sm:flex max-sm:overflow-x-auto`}
      >
        {palette.map(({ name, color }) => {
          const shown = shownColor(color, theme)
          const chosen = value !== 'mixed' && value.toLowerCase() === color
          return (
            <button
              key={color}
              type="button"
              aria-label={`${label}: ${name}`}
              {...tip({ label: name })}
              aria-pressed={chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(color)}
              className="group button h-8 w-full pointer-coarse:h-11 max-sm:w-11 max-sm:shrink-0"
            >
              <span
                className="flex size-6.5 items-center justify-center rounded-full border border-[color-mix(in_srgb,var(--ink)_18%,transparent)] transition-transform group-hover:scale-110 group-aria-pressed:ring-accent group-aria-pressed:ring-offset-surface group-aria-pressed:ring-2 group-aria-pressed:ring-offset-2 pointer-coarse:size-8"
                style={{ background: shown, color: inkOn(shown) }}
              >
                {chosen && <Check aria-hidden className="size-3.5" strokeWidth={2.5} />}
              </span>
            </button>
          )
        })}
      </div>
    </Section>
  )
}
