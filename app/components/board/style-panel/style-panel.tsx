'use client'

import { Suspense } from 'react'
import {
  type EditorState,
  fillPalette,
  type Style,
  type StyleKey,
  stickyPalette,
  strokePalette,
} from '../../../../whiteboard/index.ts'
import { late } from '../../ui/late.ts'
import { useEditor, useEditorState, useSelectionFact } from '../session-context.tsx'
import { SelectionActions } from './actions.tsx'
import { Choice, nearest, Pair } from './choice.tsx'
import { HeadChoice } from './heads.tsx'
import {
  ALIGNS,
  CORNERS,
  cornerOf,
  DASHES,
  FILL_STYLES,
  FONT_SIZES,
  FONTS,
  PEN_WIDTHS,
  ROUGHNESS,
  ROUTES,
  radiusOf,
  VERTICAL_ALIGNS,
  WIDTHS,
} from './options.tsx'
import { SizeField } from './size-field.tsx'
import { Swatches } from './swatches.tsx'

/** A slider is a large thing: it comes with the first panel, not with the page. */
const Opacity = late(() => import('./opacity.tsx'))

type Styles = EditorState['styles']
type SetStyle = <Key extends StyleKey>(key: Key, value: Style[Key]) => void

interface PartProps {
  readonly styles: Styles
  readonly set: SetStyle
}

const StrokePart = ({ styles: { stroke, strokeWidth }, set }: PartProps) => {
  const editor = useEditor()
  if (stroke === undefined) return null
  return (
    <Swatches
      label={strokeWidth === undefined ? 'Colour' : 'Stroke'}
      name="stroke"
      palette={strokePalette}
      value={stroke}
      choose={(color) => set('stroke', color)}
      preview={(color) => editor.previewStyle('stroke', color)}
    />
  )
}

const FillPart = ({ styles, set, only }: PartProps & { only: string | null }) => {
  const editor = useEditor()
  const { fill, fillStyle } = styles
  const note = only === 'sticky'
  const chooseFill = (color: string) => {
    if (fillStyle === 'none') set('fillStyle', 'solid')
    set('fill', color)
  }
  // A frame is a sheet of paper: nothing is hatched on it.
  const fillStyles = only === 'frame' ? FILL_STYLES.slice(0, 3) : FILL_STYLES
  return (
    <>
      {fillStyle !== undefined && (
        <Choice
          label="Fill"
          name={fillStyle === 'none' ? 'fill' : 'fill-style'}
          options={fillStyles}
          value={fillStyle}
          choose={(value) => set('fillStyle', value)}
        />
      )}
      {fill !== undefined && fillStyle !== 'none' && (
        <Swatches
          label={note ? 'Paper' : 'Fill colour'}
          name="fill"
          palette={note ? stickyPalette : fillPalette}
          value={fill}
          choose={chooseFill}
          preview={(color) => editor.previewStyle('fill', color)}
        />
      )}
    </>
  )
}

const LinePart = ({ styles: { strokeWidth, penWidth, dash, roughness }, set }: PartProps) => (
  <>
    {strokeWidth !== undefined && (
      <Choice
        label="Width"
        options={WIDTHS}
        value={nearest(WIDTHS, strokeWidth)}
        choose={(value) => set('strokeWidth', value)}
      />
    )}
    {penWidth !== undefined && (
      <Choice label="Pen" options={PEN_WIDTHS} value={penWidth} choose={(value) => set('penWidth', value)} />
    )}
    {dash !== undefined && (
      <Pair>
        <Choice label="Line" options={DASHES} value={dash} choose={(value) => set('dash', value)} />
        {roughness !== undefined && (
          <Choice
            label="Hand"
            options={ROUGHNESS}
            value={roughness}
            choose={(value) => set('roughness', value)}
          />
        )}
      </Pair>
    )}
  </>
)

const OpacityPart = ({ styles: { opacity }, set }: PartProps) => {
  const editor = useEditor()
  if (opacity === undefined) return null
  return (
    <Suspense fallback={<div className="h-13" />}>
      <Opacity
        value={opacity}
        preview={(value) => editor.previewStyle('opacity', value)}
        choose={(value) => set('opacity', value)}
      />
    </Suspense>
  )
}

/** Two in a row; an odd one at the end has a row of its own. */
const FormPart = ({ styles, set }: PartProps) => {
  const { route, corner, startHead, endHead } = styles
  return (
    <>
      <Pair>
        {route !== undefined && (
          <Choice label="Route" options={ROUTES} value={route} choose={(value) => set('route', value)} />
        )}
        {corner !== undefined && (
          <Choice
            label="Corners"
            options={CORNERS}
            value={cornerOf(corner)}
            choose={(value) => set('corner', radiusOf(value))}
          />
        )}
        <OpacityPart styles={styles} set={set} />
      </Pair>
      {startHead !== undefined && endHead !== undefined && (
        <div className="grid grid-cols-2 gap-2">
          <HeadChoice end="start" value={startHead} choose={(value) => set('startHead', value)} />
          <HeadChoice end="end" value={endHead} choose={(value) => set('endHead', value)} />
        </div>
      )}
    </>
  )
}

const TextPart = ({ styles: { fontFamily, fontSize, textAlign, verticalAlign }, set }: PartProps) => (
  <>
    {fontFamily !== undefined && (
      <Choice
        label="Font"
        name="font"
        options={FONTS}
        value={fontFamily}
        choose={(value) => set('fontFamily', value)}
      />
    )}
    {fontSize !== undefined && (
      <Choice
        label="Text size"
        options={FONT_SIZES}
        value={FONT_SIZES.find(({ value }) => value === fontSize)?.value ?? 'mixed'}
        choose={(value) => set('fontSize', value)}
      >
        <SizeField value={fontSize} choose={(value) => set('fontSize', value)} />
      </Choice>
    )}
    {textAlign !== undefined && (
      <Pair>
        <Choice
          label="Alignment"
          options={ALIGNS}
          value={textAlign}
          choose={(value) => set('textAlign', value)}
        />
        {verticalAlign !== undefined && (
          <Choice
            label="Vertical"
            options={VERTICAL_ALIGNS}
            value={verticalAlign}
            choose={(value) => set('verticalAlign', value)}
          />
        )}
      </Pair>
    )}
  </>
)

/** The one type that is meant, by tool or selection; null for several. Notes and frames have colours of their own. */
const useOnlyType = (): string | null =>
  useSelectionFact((editor) => {
    const { selection, tool } = editor.state
    if (selection.size === 0) return tool
    const types = new Set(editor.selectedElements().map(({ type }) => type))
    return types.size === 1 ? ([...types][0] ?? '') : ''
  }) || null

/** The styles that apply to what is selected, or to what will be drawn next. Actions stay in view, however long the rest. */
const StylePanel = ({ actionsFirst = false }: { actionsFirst?: boolean }) => {
  const editor = useEditor()
  const styles = useEditorState((state) => state.styles)
  const selected = useEditorState((state) => state.selection.size > 0)
  const only = useOnlyType()
  const set: SetStyle = (key, value) => editor.setStyle(key, value)
  const pinned = selected && !actionsFirst
  return (
    <div className={`flex flex-col gap-3 [@media(max-height:920px)]:gap-2 ${pinned ? '' : 'pb-3'}`}>
      {selected && actionsFirst && <SelectionActions />}
      <StrokePart styles={styles} set={set} />
      <FillPart styles={styles} set={set} only={only} />
      <LinePart styles={styles} set={set} />
      <FormPart styles={styles} set={set} />
      <TextPart styles={styles} set={set} />
      {pinned && (
        <div className="bg-surface border-line sticky bottom-0 -mx-3 border-t px-3 py-1.5 first:-mt-3 first:border-t-0 short:static [&_legend]:sr-only">
          <SelectionActions />
        </div>
      )}
    </div>
  )
}

export default StylePanel
