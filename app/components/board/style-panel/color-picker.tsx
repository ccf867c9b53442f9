'use client'

import { useEffect, useRef, useState } from 'react'
import type { Color } from '../../../../whiteboard/index.ts'
import { recentColors, rememberColor } from '../../../lib/recent-colors.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { PopoverPanel } from '../../ui/popover-panel.tsx'
import { useEditorState } from '../session-context.tsx'
import { Chip, chipLook } from './swatches.tsx'

interface ColorPickerProps extends Opener {
  readonly label: string
  readonly value: Color | 'mixed'
  readonly choose: (color: Color) => void
  readonly preview: (color: Color | null) => void
}

/** `#rgb` and `#rrggbb`, with or without its sign, as `#rrggbb`; null for anything else. */
const readHex = (text: string): Color | null => {
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(text)?.[1]?.toLowerCase()
  if (digits === undefined) return null
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((digit) => digit + digit).join('')}`
}

interface FieldProps {
  readonly value: Color
  readonly choose: (color: Color) => void
  readonly preview: (color: Color | null) => void
}

/** The browser's own picker: shows what is pointed at, and chooses what it is closed with. */
const NativePicker = ({ value, choose, preview }: FieldProps) => {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const field = input.current
    if (!field) return
    // React calls both events "change": only the browser's own tells when the choice is made.
    const onChange = () => choose(field.value)
    field.addEventListener('change', onChange)
    return () => field.removeEventListener('change', onChange)
  })
  return (
    <input
      // Not controlled: that would put back the old colour at every step while the picker is open.
      key={value}
      ref={input}
      type="color"
      aria-label="Pick a colour"
      defaultValue={value}
      onChange={(event) => preview(event.target.value)}
      className="border-line-strong h-11 w-14 shrink-0 cursor-pointer rounded-lg border bg-transparent p-1"
    />
  )
}

const HexField = ({ value, choose }: Pick<FieldProps, 'value' | 'choose'>) => {
  const [text, setText] = useState<string | null>(null)
  const color = text === null ? value : readHex(text)
  const finish = () => {
    if (text !== null && color !== null && color !== value) choose(color)
    setText(null)
  }
  return (
    <input
      aria-label="Colour in hexadecimal digits"
      aria-invalid={color === null}
      value={text ?? value}
      spellCheck={false}
      autoComplete="off"
      maxLength={9}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
      className="field min-w-0 flex-1 font-mono text-sm"
    />
  )
}

/** Any colour, in the browser's picker, by its digits, or one that was chosen lately. */
const ColorPicker = ({ button, label, value, choose, preview }: ColorPickerProps) => {
  const phone = useIsPhone()
  const theme = useEditorState((state) => state.theme)
  const [recent, setRecent] = useState(recentColors)
  const shown = value === 'mixed' ? '#808080' : value
  const take = (color: Color) => {
    rememberColor(color)
    choose(color)
  }
  const onOpenChange = (open: boolean) => {
    if (open) setRecent(recentColors())
    else preview(null)
  }
  return (
    <PopoverPanel
      button={button}
      label={`${label}: another colour`}
      side={phone ? 'top' : 'right'}
      // Beyond the eyedropper beside it.
      sideOffset={phone ? 10 : 46}
      onOpenChange={onOpenChange}
      className="flex w-58 flex-col gap-2.5 p-3"
    >
      {() => (
        <>
          <div className="flex gap-2">
            <NativePicker value={shown} choose={take} preview={preview} />
            <HexField key={shown} value={shown} choose={take} />
          </div>
          {recent.length > 0 && (
            <fieldset>
              <legend className="text-faint mb-1 text-xs font-medium">Recent</legend>
              <div className="grid grid-cols-5 gap-1">
                {recent.map((color) => (
                  <Chip
                    key={color}
                    label={label}
                    title={color}
                    chosen={color === value}
                    look={chipLook(color, theme)}
                    onClick={() => take(color)}
                  />
                ))}
              </div>
            </fieldset>
          )}
        </>
      )}
    </PopoverPanel>
  )
}

export default ColorPicker
