'use client'

import { lazy, Suspense } from 'react'
import {
  type EditorState,
  fillPalette,
  type Style,
  type StyleKey,
  stickyPalette,
  strokePalette,
} from '../../../../whiteboard/index.ts'
import { useEditor, useEditorState, useSelectionFact } from '../session-context.tsx'
import { SelectionActions } from './actions.tsx'
import { Choice, nearest } from './choice.tsx'
import { ALIGNS, DASHES, FILL_STYLES, FONT_SIZES, FONTS, headOptions, WIDTHS } from './options.tsx'
import { Swatches } from './swatches.tsx'

/** A slider is a large thing: it comes with the first panel, not with the page. */
const Opacity = lazy(() => import('./opacity.tsx'))

type Styles = EditorState['styles']
type SetStyle = <Key extends StyleKey>(key: Key, value: Style[Key]) => void

const startHeads = headOptions('start')
const endHeads = headOptions('end')

interface PartProps {
  readonly styles: Styles
  readonly set: SetStyle
}

const FillPart = ({ styles, set, note }: PartProps & { note: boolean }) => {
  const { fill, fillStyle } = styles
  const chooseFill = (color: string) => {
    if (fillStyle === 'none') set('fillStyle', 'solid')
    set('fill', color)
  }
  return (
    <>
      {fillStyle !== undefined && (
        <Choice
          label="Fill"
          options={FILL_STYLES}
          value={fillStyle}
          choose={(value) => set('fillStyle', value)}
        />
      )}
      {fill !== undefined && fillStyle !== 'none' && (
        <Swatches
          label={note ? 'Paper' : 'Fill colour'}
          palette={note ? stickyPalette : fillPalette}
          columns={note ? 4 : 5}
          value={fill}
          choose={chooseFill}
        />
      )}
    </>
  )
}

const LinePart = ({ styles: { strokeWidth, dash, startHead, endHead }, set }: PartProps) => (
  <>
    {strokeWidth !== undefined && (
      <Choice
        label="Width"
        options={WIDTHS}
        value={nearest(WIDTHS, strokeWidth)}
        choose={(value) => set('strokeWidth', value)}
      />
    )}
    {dash !== undefined && (
      <Choice label="Line" options={DASHES} value={dash} choose={(value) => set('dash', value)} />
    )}
    {startHead !== undefined && (
      <Choice
        label="Start"
        options={startHeads}
        value={startHead}
        choose={(value) => set('startHead', value)}
      />
    )}
    {endHead !== undefined && (
      <Choice label="End" options={endHeads} value={endHead} choose={(value) => set('endHead', value)} />
    )}
  </>
)

const TextPart = ({ styles: { fontFamily, fontSize, textAlign }, set }: PartProps) => (
  <>
    {fontFamily !== undefined && (
      <Choice label="Font" options={FONTS} value={fontFamily} choose={(value) => set('fontFamily', value)} />
    )}
    {fontSize !== undefined && (
      <Choice
        label="Text size"
        options={FONT_SIZES}
        value={nearest(FONT_SIZES, fontSize)}
        choose={(value) => set('fontSize', value)}
      />
    )}
    {textAlign !== undefined && (
      <Choice
        label="Alignment"
        options={ALIGNS}
        value={textAlign}
        choose={(value) => set('textAlign', value)}
      />
    )}
  </>
)

/** Whether only notes are meant: their colours are papers. */
const useOnlyNotes = (): boolean =>
  useSelectionFact((editor) => {
    const { selection, tool } = editor.state
    if (selection.size === 0) return tool === 'sticky'
    return editor.selectedElements().every(({ type }) => type === 'sticky')
  })

/** Whether there is anything to style: something selected, or a tool that draws. */
export const useHasStyles = (): boolean =>
  useEditorState(({ canEdit, selection, tool, styles }) => {
    if (!canEdit) return false
    const draws = tool !== 'select' && tool !== 'hand' && tool !== 'eraser'
    return selection.size > 0 || (draws && Object.keys(styles).length > 0)
  })

/** The styles that apply to what is selected, or to what will be drawn next. Actions stay in view, however long the rest. */
export const StylePanel = ({ actionsFirst = false }: { actionsFirst?: boolean }) => {
  const editor = useEditor()
  const styles = useEditorState((state) => state.styles)
  const selected = useEditorState((state) => state.selection.size > 0)
  const note = useOnlyNotes()
  const set: SetStyle = (key, value) => editor.setStyle(key, value)
  const pinned = selected && !actionsFirst
  return (
    <div className={`flex flex-col gap-3 [@media(max-height:880px)]:gap-2 ${pinned ? '' : 'pb-3'}`}>
      {selected && actionsFirst && <SelectionActions />}
      {styles.stroke !== undefined && (
        <Swatches
          label={styles.strokeWidth === undefined ? 'Text colour' : 'Stroke'}
          palette={strokePalette}
          columns={5}
          value={styles.stroke}
          choose={(color) => set('stroke', color)}
        />
      )}
      <FillPart styles={styles} set={set} note={note} />
      <LinePart styles={styles} set={set} />
      <TextPart styles={styles} set={set} />
      {styles.opacity !== undefined && (
        <Suspense fallback={<div className="h-13" />}>
          <Opacity
            value={styles.opacity}
            preview={(value) => editor.previewStyle('opacity', value)}
            choose={(value) => set('opacity', value)}
          />
        </Suspense>
      )}
      {pinned && (
        <div className="bg-surface border-line sticky bottom-0 -mx-3 border-t px-3 py-1.5 short:static [&_legend]:sr-only">
          <SelectionActions />
        </div>
      )}
    </div>
  )
}
