'use client'

import { Check, Pipette } from 'lucide-react'
import type { ComponentProps, CSSProperties } from 'react'
import { type Color, inkOn, type Swatch, shownColor } from '../../../../whiteboard/index.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { tip } from '../../ui/tooltip.tsx'
import { useEditor, useEditorState } from '../session-context.tsx'
import { Section } from './choice.tsx'

const ColorPicker = onDemand(() => import('./color-picker.tsx'))

interface SwatchesProps {
  readonly label: string
  readonly palette: readonly Swatch[]
  readonly value: Color | 'mixed'
  readonly name: 'stroke' | 'fill'
  readonly choose: (color: Color) => void
  /** Shows a colour without choosing it; null takes that back. */
  readonly preview: (color: Color | null) => void
}

const chip =
  'flex size-6.5 items-center justify-center rounded-full border border-[color-mix(in_srgb,var(--ink)_18%,transparent)] transition-transform group-hover:scale-110 group-aria-pressed:ring-accent group-aria-pressed:ring-offset-surface group-aria-pressed:ring-2 group-aria-pressed:ring-offset-2 pointer-coarse:size-8'

interface ChipProps extends ComponentProps<'button'> {
  readonly label: string
  readonly title: string
  readonly chosen: boolean
  readonly look: CSSProperties
}

/** A round button of a colour. */
export const Chip = ({ label, title, chosen, look, ...rest }: ChipProps) => (
  <button
    type="button"
    aria-label={`${label}: ${title}`}
    {...tip({ label: title })}
    aria-pressed={chosen}
    onMouseDown={(event) => event.preventDefault()}
    {...rest}
    className="group button h-8 w-full pointer-coarse:h-11"
  >
    <span className={chip} style={look}>
      {chosen && <Check aria-hidden className="size-3.5" strokeWidth={2.5} />}
    </span>
  </button>
)

/** How a chip of this colour looks on a board of this theme. */
export const chipLook = (color: Color, theme: 'light' | 'dark'): CSSProperties => {
  const shown = shownColor(color, theme)
  return { background: shown, color: inkOn(shown) }
}

const ALL_COLORS: CSSProperties = {
  background: 'conic-gradient(#f2645a, #f2b13c, #7cc35b, #39b3b5, #5a86f0, #b06be0, #f2645a)',
}

const EyedropperButton = ({ label, choose }: Pick<SwatchesProps, 'label' | 'choose'>) => {
  const editor = useEditor()
  const pick = async () => {
    const { pickColor } = await import('../eyedropper.ts')
    const color = await pickColor(editor)
    if (color !== null) choose(color)
  }
  return (
    <button
      type="button"
      aria-label={`${label}: take a colour from the board`}
      {...tip({ label: 'Take a colour from the board' })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={pick}
      className="button text-soft hover:bg-hover hover:text-ink h-8 w-full pointer-coarse:h-11"
    >
      <Pipette aria-hidden className="size-4.5" strokeWidth={1.75} />
    </button>
  )
}

/** The colours of a palette as the board shows them in this theme, any other colour, and the eyedropper. */
export const Swatches = ({ label, palette, value, name, choose, preview }: SwatchesProps) => {
  const theme = useEditorState((state) => state.theme)
  const current = value.toLowerCase()
  const isCustom = value !== 'mixed' && !palette.some(({ color }) => color === current)
  const custom = (
    <Chip
      label={label}
      title="Another colour"
      chosen={isCustom}
      look={isCustom ? chipLook(value, theme) : ALL_COLORS}
    />
  )
  return (
    <Section label={label} name={name}>
      <div
        className={`grid gap-x-0.5 gap-y-1 sm:pointer-coarse:grid-cols-4 ${palette.length > 8 ? 'grid-cols-6' : 'grid-cols-5'}`}
      >
        {palette.map(({ name: title, color }) => (
          <Chip
            key={color}
            label={label}
            title={title}
            chosen={current === color}
            look={chipLook(color, theme)}
            onClick={() => choose(color)}
          />
        ))}
        <ColorPicker button={custom} label={label} value={value} choose={choose} preview={preview} />
        <EyedropperButton label={label} choose={choose} />
      </div>
    </Section>
  )
}
