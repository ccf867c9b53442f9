import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  type Dash,
  type FillStyle,
  type FontFamily,
  fontFamilies,
  fontStack,
  type PenWidth,
  type Roughness,
  type Route,
  type TextAlign,
  type VerticalAlign,
} from '../../../../whiteboard/index.ts'
import type { Option } from './choice.tsx'

export const Picture = ({ children }: { children: ReactNode }) => (
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

const hatched = (lines: string): ReactNode => (
  <Picture>
    <rect x="5" y="5" width="14" height="14" rx="3" />
    <path d={lines} strokeWidth="1.25" />
  </Picture>
)

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
  {
    value: 'hachure',
    label: 'Hatched',
    picture: hatched('M5.5 11.5 11.5 5.5M5.5 18 18 5.5M12.5 18.5 18.5 12.5'),
  },
  {
    value: 'cross-hatch',
    label: 'Cross-hatched',
    picture: hatched(
      'M5.5 11.5 11.5 5.5M5.5 18 18 5.5M12.5 18.5 18.5 12.5M12.5 5.5 18.5 11.5M6 5.5 18.5 18M5.5 12.5 11.5 18.5',
    ),
  },
]

const handDrawn = (path: string): ReactNode => (
  <Picture>
    <path d={path} />
  </Picture>
)

export const ROUGHNESS: readonly Option<Roughness>[] = [
  { value: 0, label: 'Clean', picture: handDrawn('M4 15.5C8 7 14 7 20 9') },
  {
    value: 1,
    label: 'Hand-drawn',
    picture: handDrawn('M3.5 15.5C7 7.5 13 6.5 19.5 9M4.5 16.5C8.5 8.5 13.5 8.5 20.5 10'),
  },
  {
    value: 2,
    label: 'Very hand-drawn',
    picture: handDrawn('M3 14C6 5 10 9.5 14 6.5S18 11 21 7M4.5 17C8 8 12 13 15 9.5S18.5 12.5 20.5 11.5'),
  },
]

/** `own` is what the type itself does, null in the style. */
export type Corner = 'sharp' | 'own' | 'round'

/** Board units. */
const ROUND_CORNER = 32

export const cornerOf = (radius: number | null | 'mixed'): Corner | 'mixed' => {
  if (radius === 'mixed' || radius === null) return radius ?? 'own'
  return radius === 0 ? 'sharp' : 'round'
}

export const radiusOf = (corner: Corner): number | null =>
  ({ sharp: 0, own: null, round: ROUND_CORNER })[corner]

const corner = (path: string): ReactNode => (
  <Picture>
    <path d={path} />
    <path d="M5 19.5v.01M9 19.5v.01M19.5 15v.01M19.5 19.5v.01M14 19.5v.01" strokeWidth="2" />
  </Picture>
)

export const CORNERS: readonly Option<Corner>[] = [
  { value: 'sharp', label: 'Sharp', picture: corner('M5 15V5h14.5v5.5') },
  { value: 'own', label: 'Rounded', picture: corner('M5 15V9.5A4.5 4.5 0 0 1 9.5 5h10v5.5') },
  { value: 'round', label: 'Very rounded', picture: corner('M5 15v-.5A9.5 9.5 0 0 1 14.5 5h5') },
]

const route = (path: string): ReactNode => (
  <Picture>
    <path d={path} />
    <circle cx="4.5" cy="18.5" r="1.5" fill="currentColor" />
    <circle cx="19.5" cy="5.5" r="1.5" fill="currentColor" />
  </Picture>
)

export const ROUTES: readonly Option<Route>[] = [
  { value: 'straight', label: 'Straight', picture: route('M5.5 17.5 18.5 6.5') },
  { value: 'curved', label: 'Curved', picture: route('M4.5 17C5 8 19 16 19.5 7') },
  { value: 'elbow', label: 'At right angles', picture: route('M6 18.5h6v-13h6') },
]

export const PEN_WIDTHS: readonly Option<PenWidth>[] = [
  {
    value: 'variable',
    label: 'With pressure',
    picture: (
      <Picture>
        <path d="M3.5 14.5C8 5 12 19 20.5 9.5 12 22 8 11.5 3.5 14.5Z" fill="currentColor" strokeWidth="1" />
      </Picture>
    ),
  },
  { value: 'constant', label: 'Even', picture: handDrawn('M3.5 14C8 5.5 13 19 20.5 10') },
]

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

const placed = (lines: string): ReactNode => (
  <Picture>
    <rect x="4" y="4" width="16" height="16" rx="2.5" opacity="0.5" />
    <path d={lines} />
  </Picture>
)

export const VERTICAL_ALIGNS: readonly Option<VerticalAlign>[] = [
  { value: 'top', label: 'Top', picture: placed('M8 8h8M8 11h5') },
  { value: 'middle', label: 'Middle', picture: placed('M8 10.5h8M8 13.5h5') },
  { value: 'bottom', label: 'Bottom', picture: placed('M8 13h8M8 16h5') },
]
