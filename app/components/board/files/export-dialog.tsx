'use client'

import { Copy, Download, LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Editor, ExportFormat } from '../../../../whiteboard/index.ts'
import { download, fileName } from '../../../lib/download.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toasts.tsx'
import type { PanelProps } from '../panels.tsx'
import { useEditor, useEditorState } from '../session-context.tsx'
import { Choice, Switch } from './export-controls.tsx'
import { ExportPreview } from './export-preview.tsx'
import { type ExportSettings, keepSettings, optionsOf, readSettings } from './export-settings.ts'
import { useExportWork } from './export-work.ts'

interface Format {
  readonly format: ExportFormat
  readonly label: string
  readonly ending: string
  readonly words: string
}

const PICTURE: Format = { format: 'png', label: 'PNG', ending: 'png', words: 'A picture for anywhere.' }

const FORMATS: readonly Format[] = [
  PICTURE,
  { format: 'svg', label: 'SVG', ending: 'svg', words: 'A picture that stays sharp at any size.' },
  {
    format: 'excalidraw',
    label: 'Excalidraw',
    ending: 'excalidraw',
    words: 'A drawing that Excalidraw and many others open.',
  },
  {
    format: 'json',
    label: 'Drawbridge',
    ending: 'drawbridge',
    words: 'A drawing with everything that is on it.',
  },
]

const formatOf = (format: ExportFormat): Format => FORMATS.find((each) => each.format === format) ?? PICTURE

interface OptionsProps {
  readonly settings: ExportSettings
  readonly change: (part: Partial<ExportSettings>) => void
  readonly selected: number
}

const PictureOptions = ({ settings, change }: Omit<OptionsProps, 'selected'>) => (
  <>
    <Choice
      label="Margin"
      options={[
        [0, 'None'],
        [16, 'Small'],
        [64, 'Wide'],
      ]}
      value={settings.padding}
      choose={(padding) => change({ padding })}
    />
    <div>
      <Switch checked={settings.background} change={(background) => change({ background })}>
        Background
      </Switch>
      <Switch checked={settings.dark} change={(dark) => change({ dark })}>
        Dark
      </Switch>
      <Switch
        checked={settings.embedScene}
        change={(embedScene) => change({ embedScene })}
        hint="The picture can then be opened here and in Excalidraw as the drawing that it is."
      >
        Carry the drawing along
      </Switch>
    </div>
  </>
)

const Options = ({ settings, change, selected }: OptionsProps) => {
  const isPicture = settings.format === 'png' || settings.format === 'svg'
  return (
    <div className="flex flex-col gap-3">
      <Choice
        label="Format"
        rows
        options={FORMATS.map(({ format, label }) => [format, label])}
        value={settings.format}
        choose={(format) => change({ format })}
      />
      <p className="text-soft -mt-1.5 text-sm">{formatOf(settings.format).words}</p>
      {selected > 0 && (
        <Choice
          label="What"
          options={[
            ['all', 'The whole board'],
            ['selection', 'The selection'],
          ]}
          value={settings.selectionOnly ? 'selection' : 'all'}
          choose={(what) => change({ selectionOnly: what === 'selection' })}
        />
      )}
      {settings.format === 'png' && (
        <Choice
          label="Size"
          options={[
            [1, '1×'],
            [2, '2×'],
            [3, '3×'],
            [4, '4×'],
          ]}
          value={settings.scale}
          choose={(scale) => change({ scale })}
        />
      )}
      {isPicture && <PictureOptions settings={settings} change={change} />}
    </div>
  )
}

/** Stays in sight on a phone, whose window the options fill. */
const FOOTER =
  'bg-surface sticky -bottom-6 z-10 -mx-6 -mb-6 mt-2 flex justify-end gap-3 px-6 pt-3 pb-6 max-sm:[&>button]:flex-1'

const Progress = ({ done, cancel }: { done: number; cancel: () => void }) => (
  <div className={`${FOOTER} items-center`}>
    <LoaderCircle aria-hidden className="text-accent size-5 shrink-0 animate-spin" />
    <progress
      aria-label="Exporting"
      value={done}
      max={1}
      className="bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent h-2 min-w-0 flex-1 overflow-hidden rounded-full"
    />
    <Button size="small" className="pointer-coarse:h-11!" onClick={cancel}>
      Cancel
    </Button>
  </div>
)

const PNG = 'image/png'

/** Pictures go to the clipboard as what they are, drawings as text. */
const toClipboard = async (editor: Editor, settings: ExportSettings, signal: AbortSignal): Promise<void> => {
  const file = editor.files.exportFile({ ...optionsOf(settings), signal })
  if (settings.format === 'png') await navigator.clipboard.write([new ClipboardItem({ [PNG]: file })])
  else await navigator.clipboard.writeText(await (await file).text())
}

interface ActionsProps {
  readonly settings: ExportSettings
  readonly close: () => void
}

/** Copying and downloading, and how far that is. */
const Actions = ({ settings, close }: ActionsProps) => {
  const editor = useEditor()
  const { work, run, cancel } = useExportWork()
  const { label, ending } = formatOf(settings.format)
  const empty = editor.board.size === 0
  const save = () =>
    run(async (signal, onProgress) => {
      const file = await editor.files.exportFile({ ...optionsOf(settings), signal, onProgress })
      download(file, fileName(ending))
      close()
    })
  const copy = () =>
    run(async (signal) => {
      await toClipboard(editor, settings, signal)
      notify({ text: `Copied as ${label}` })
    })
  if (work.type === 'busy') return <Progress done={work.done} cancel={cancel} />
  return (
    <>
      {work.type === 'failed' && (
        <p role="alert" className="text-danger mt-4 text-sm">
          {work.words}
        </p>
      )}
      <div className={FOOTER}>
        <Button onClick={copy} disabled={empty}>
          <Copy aria-hidden className="size-4.5" /> Copy
        </Button>
        <Button look="primary" onClick={save} disabled={empty}>
          <Download aria-hidden className="size-4.5" /> Download
        </Button>
      </div>
    </>
  )
}

const Export = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  const selected = useEditorState((state) => state.selection.size)
  const [settings, setSettings] = useState(() => readSettings(editor.state))
  useEffect(() => keepSettings(settings), [settings])
  const change = (part: Partial<ExportSettings>) => setSettings((before) => ({ ...before, ...part }))
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[1fr_17rem]">
        <ExportPreview settings={settings} />
        <Options settings={settings} selected={selected} change={change} />
      </div>
      <Actions settings={settings} close={close} />
    </>
  )
}

/** The board or the selection as a picture or a file, to keep or to copy. */
const ExportDialog = ({ open, close }: PanelProps) => (
  <Dialog open={open} onOpenChange={(next) => !next && close()} title="Export" wide>
    <Export close={close} />
  </Dialog>
)

export default ExportDialog
