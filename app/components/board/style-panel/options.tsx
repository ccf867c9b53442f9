import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  type ArrowHead,
  type Dash,
  type FillStyle,
  type FontFamily,
  fontFamilies,
  fontStack,
  type TextAlign,
} from '../../../../whiteboard/index.ts'
import type { Option } from './choice.tsx'

const Picture = ({ children }: { children: ReactNode }) => (
  <svg
    viewBox="0 0 24 24"
    aria-hidden="true"
    className="size-5"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.75"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    {children}
  </svg>
)

const line = (width: number): ReactNode => (
  <Picture>
    <path d="M4 12h16" strokeWidth={width} />
  </Picture>
)

export const WIDTHS: readonly Option<number>[] = [
  { value: 1, label: 'Fine', picture: line(1.25) },
  { value: 2, label: 'Thin', picture: line(2.25) },
  { value: 4, label: 'Medium', picture: line(4) },
  { value: 8, label: 'Bold', picture: line(6.5) },
]

const dashed = (pattern: string): ReactNode => (
  <Picture>
    <path d="M3 12h18" strokeWidth="2.25" strokeDasharray={pattern} />
  </Picture>
)

export const DASHES: readonly Option<Dash>[] = [
  { value: 'solid', label: 'Solid', picture: dashed('') },
  { value: 'dashed', label: 'Dashed', picture: dashed('4 4.5') },
  { value: 'dotted', label: 'Dotted', picture: dashed('0.1 4.4') },
]

export const FILL_STYLES: readonly Option<FillStyle>[] = [
  {
    value: 'none',
    label: 'None',
    picture: (
      <Picture>
        <rect x="5" y="5" width="14" height="14" rx="3" strokeDasharray="2.6 3" />
      </Picture>
    ),
  },
  {
    value: 'semi',
    label: 'See-through',
    picture: (
      <Picture>
        <rect x="5" y="5" width="14" height="14" rx="3" fill="currentColor" fillOpacity="0.3" />
      </Picture>
    ),
  },
  {
    value: 'solid',
    label: 'Solid',
    picture: (
      <Picture>
        <rect x="5" y="5" width="14" height="14" rx="3" fill="currentColor" />
      </Picture>
    ),
  },
]

/** Heads as the end of a line to the right; the start shows them mirrored. */
const HEAD_PICTURES: Partial<Record<ArrowHead, ReactNode>> = {
  none: <path d="M4 12h16" />,
  arrow: <path d="M4 12h16M14.5 6.5 20 12l-5.5 5.5" />,
  triangle: <path d="M4 12h8M12.5 6.5 20 12l-7.5 5.5Z" fill="currentColor" />,
  dot: (
    <>
      <path d="M4 12h9" />
      <circle cx="16.5" cy="12" r="3.5" fill="currentColor" />
    </>
  ),
  bar: <path d="M4 12h15M19 6.5v11" />,
}

const HEAD_LABELS: Partial<Record<ArrowHead, string>> = {
  none: 'Plain',
  arrow: 'Arrow',
  triangle: 'Triangle',
  dot: 'Dot',
  bar: 'Bar',
}

const HEADS: readonly ArrowHead[] = ['none', 'arrow', 'triangle', 'dot', 'bar']

export const headOptions = (end: 'start' | 'end'): readonly Option<ArrowHead>[] =>
  HEADS.map((value) => ({
    value,
    label: HEAD_LABELS[value] ?? value,
    picture: (
      <span className={end === 'start' ? '-scale-x-100' : ''}>
        <Picture>{HEAD_PICTURES[value]}</Picture>
      </span>
    ),
  }))

const FONT_LABELS: Record<FontFamily, string> = { hand: 'Hand', sans: 'Sans', serif: 'Serif', mono: 'Mono' }

export const FONTS: readonly Option<FontFamily>[] = fontFamilies.map((value) => ({
  value,
  label: FONT_LABELS[value],
  picture: (
    <span className="text-base" style={{ fontFamily: fontStack(value) }}>
      Aa
    </span>
  ),
}))

export const FONT_SIZES: readonly Option<number>[] = [
  { value: 16, label: 'Small', picture: 'S' },
  { value: 20, label: 'Medium', picture: 'M' },
  { value: 28, label: 'Large', picture: 'L' },
  { value: 40, label: 'Very large, XL', picture: 'XL' },
]

export const ALIGNS: readonly Option<TextAlign>[] = [
  { value: 'left', label: 'Left', picture: <AlignLeft aria-hidden className="size-4.5" /> },
  { value: 'center', label: 'Centre', picture: <AlignCenter aria-hidden className="size-4.5" /> },
  { value: 'right', label: 'Right', picture: <AlignRight aria-hidden className="size-4.5" /> },
]
