'use client'

import { type ReactNode, useState } from 'react'
import { type BoardSettings, type Pattern, paperPalette, shownPaper } from '../../../whiteboard/index.ts'
import { onDemand } from '../ui/on-demand.tsx'
import type { PanelProps } from './panels.tsx'
import { useEditor, useEditorState, useSettings } from './session-context.tsx'
import { SidePanel } from './side-panel.tsx'
import { Choice, type Option, Section } from './style-panel/choice.tsx'
import { Chip } from './style-panel/swatches.tsx'

const ColorPicker = onDemand(() => import('./style-panel/color-picker.tsx'))

const Picture = ({ children }: { children: ReactNode }) => (
  <svg
    viewBox="0 0 20 20"
    aria-hidden="true"
    className="size-5"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.2"
  >
    {children}
  </svg>
)

const DOTS = [5, 10, 15].flatMap((y) => [5, 10, 15].map((x) => [x, y] as const))

const patterns: readonly Option<Pattern>[] = [
  {
    value: 'dots',
    label: 'Dots',
    picture: (
      <Picture>
        {DOTS.map(([x, y]) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r="0.9" fill="currentColor" stroke="none" />
        ))}
      </Picture>
    ),
  },
  {
    value: 'grid',
    label: 'Grid',
    picture: (
      <Picture>
        <path d="M3 7h14M3 13h14M7 3v14M13 3v14" />
      </Picture>
    ),
  },
  {
    value: 'lines',
    label: 'Lines',
    picture: (
      <Picture>
        <path d="M3 5h14M3 10h14M3 15h14" />
      </Picture>
    ),
  },
  {
    value: 'plain',
    label: 'Plain',
    picture: (
      <Picture>
        <rect x="4" y="4" width="12" height="12" rx="2" />
      </Picture>
    ),
  },
]

const STEPS = [10, 20, 40, 80] as const

/** Board units that a grid may be wide, as the document allows. */
const STEP_RANGE = { min: 4, max: 500 } as const

const StepField = ({ step, choose }: { step: number; choose: (step: number) => void }) => {
  const [text, setText] = useState<string | null>(null)
  const finish = () => {
    const value = Number(text)
    if (text !== null && text.trim() !== '' && Number.isFinite(value)) {
      choose(Math.min(STEP_RANGE.max, Math.max(STEP_RANGE.min, Math.round(value))))
    }
    setText(null)
  }
  return (
    <input
      aria-label="Width of the grid’s squares"
      inputMode="numeric"
      value={text ?? String(step)}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
      className="field h-9! w-16! px-2! text-center text-sm! pointer-coarse:h-11!"
    />
  )
}

const ALL_COLORS = {
  background: 'conic-gradient(#f2645a, #f2b13c, #7cc35b, #39b3b5, #5a86f0, #b06be0, #f2645a)',
} as const

const Papers = ({ settings }: { settings: BoardSettings }) => {
  const editor = useEditor()
  const theme = useEditorState((state) => state.theme)
  const { background } = settings
  const isOwn = background !== null && paperPalette.every(({ color }) => color !== background)
  const custom = isOwn ? background : '#ffffff'
  return (
    <Section label="Paper">
      <div className="grid grid-cols-5 gap-1">
        <Chip
          label="Paper"
          title="As the theme has it"
          chosen={background === null}
          look={{ background: shownPaper(null, theme), color: 'var(--ink)' }}
          onClick={() => editor.configure({ background: null })}
        />
        {paperPalette.map(({ name, color }) => (
          <Chip
            key={color}
            label="Paper"
            title={name}
            chosen={background === color}
            look={{ background: shownPaper(color, theme), color: 'var(--ink)' }}
            onClick={() => editor.configure({ background: color })}
          />
        ))}
        <ColorPicker
          label="Paper"
          value={custom}
          choose={(color) => editor.configure({ background: color })}
          preview={() => {}}
          button={
            <button
              type="button"
              aria-label="Paper: another colour"
              aria-pressed={isOwn}
              className="group button h-8 w-full pointer-coarse:h-11"
            >
              <span
                className="group-aria-pressed:ring-accent group-aria-pressed:ring-offset-surface size-6.5 rounded-full group-aria-pressed:ring-2 group-aria-pressed:ring-offset-2 pointer-coarse:size-8"
                style={isOwn ? { background: shownPaper(background, theme) } : ALL_COLORS}
              />
            </button>
          }
        />
      </div>
    </Section>
  )
}

const Steps = ({ settings }: { settings: BoardSettings }) => {
  const editor = useEditor()
  return (
    <Section label="Squares">
      <div className="flex items-center gap-1">
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            aria-label={`Squares: ${step}`}
            aria-pressed={settings.gridStep === step}
            onClick={() => editor.configure({ gridStep: step })}
            className="button text-soft hover:bg-hover aria-pressed:bg-sunken aria-pressed:text-ink h-9 min-w-0 flex-1 text-sm pointer-coarse:h-11"
          >
            {step}
          </button>
        ))}
        <StepField step={settings.gridStep} choose={(gridStep) => editor.configure({ gridStep })} />
      </div>
    </Section>
  )
}

const Background = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  const settings = useSettings()
  return (
    <SidePanel
      label="Background and grid"
      title="Background"
      close={close}
      focus='[aria-pressed="true"]'
      className="z-20 flex flex-col gap-3 p-3 pt-1.5 sm:max-h-[calc(100dvh-9rem)] sm:w-64 sm:overflow-y-auto pointer-coarse:sm:w-72"
    >
      <Choice
        label="Pattern"
        options={patterns}
        value={settings.pattern}
        choose={(pattern) => editor.configure({ pattern })}
      />
      {settings.pattern !== 'plain' && <Steps settings={settings} />}
      <Papers settings={settings} />
      <p className="text-faint text-xs">Everybody on this board sees it so.</p>
    </SidePanel>
  )
}

/** The paper of the board: its pattern, its colour, how wide its squares are. For all who see the board. */
const BackgroundPanel = ({ open, close }: PanelProps) => {
  const canEdit = useEditorState((state) => state.canEdit)
  return open && canEdit ? <Background close={close} /> : null
}

export default BackgroundPanel
