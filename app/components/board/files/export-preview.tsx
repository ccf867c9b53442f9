'use client'

import { useEffect, useState } from 'react'
import type { Editor, PictureSize } from '../../../../whiteboard/index.ts'
import { useEditor } from '../session-context.tsx'
import { type ExportSettings, optionsOf } from './export-settings.ts'

/** CSS pixels that the preview is drawn for; on screens with more pixels it is as many times finer. */
const ROOM = { width: 460, height: 400 } as const

interface Shown {
  readonly url: string
  readonly size: PictureSize
}

/** Milliseconds without a change after which the preview is drawn. */
const PAUSE = 120

const draw = async (editor: Editor, settings: ExportSettings, signal: AbortSignal): Promise<Shown> => {
  const options = optionsOf(settings)
  const [size, plain] = await Promise.all([
    editor.files.pictureSize(options),
    editor.files.pictureSize({ ...options, scale: 1 }),
  ])
  const fitting = Math.min(1, ROOM.width / plain.width, ROOM.height / plain.height)
  const scale = Math.min(2, fitting * plain.scale * window.devicePixelRatio)
  const picture = await editor.files.exportFile({
    ...options,
    format: 'png',
    embedScene: false,
    scale,
    signal,
  })
  return { url: URL.createObjectURL(picture), size }
}

/** The picture as it would come out, drawn anew when anything about it changes. */
const usePreview = (settings: ExportSettings): Shown | null => {
  const editor = useEditor()
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const timer = setTimeout(async () => {
      const next = await draw(editor, settings, signal).catch(() => null)
      if (!next) return
      if (signal.aborted) URL.revokeObjectURL(next.url)
      else setShown(next)
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [editor, settings])
  useEffect(() => () => (shown ? URL.revokeObjectURL(shown.url) : undefined), [shown])
  return shown
}

/** Squares that show through where the picture is transparent. */
const CHECKED = {
  backgroundImage:
    'repeating-conic-gradient(color-mix(in srgb, var(--ink) 7%, transparent) 0% 25%, transparent 0% 50%)',
  backgroundSize: '16px 16px',
} as const

const words = (settings: ExportSettings, { width, height, scale }: PictureSize): string => {
  const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`
  if (settings.format !== 'png') return settings.format === 'svg' ? size : ''
  const isSmaller = scale < settings.scale * 0.999
  return isSmaller ? `${size}: the largest that browsers can make of this drawing` : size
}

export const ExportPreview = ({ settings }: { settings: ExportSettings }) => {
  const editor = useEditor()
  const shown = usePreview(settings)
  if (editor.board.size === 0) {
    return (
      <p className="bg-sunken text-soft grid min-h-40 place-items-center rounded-xl p-6 text-center text-sm">
        There is nothing on this board yet.
      </p>
    )
  }
  return (
    <figure className="min-w-0">
      <div
        className="border-line flex h-44 items-center justify-center overflow-hidden rounded-xl border p-3 sm:h-88"
        style={CHECKED}
      >
        {shown ? (
          // biome-ignore lint/performance/noImgElement: it is drawn in this page, no server could make it smaller
          <img src={shown.url} alt="How it will look" className="max-h-full max-w-full object-contain" />
        ) : (
          <span role="status" className="text-faint text-sm">
            Drawing …
          </span>
        )}
      </div>
      <figcaption className="text-faint mt-1.5 min-h-5 text-center text-xs" aria-live="polite">
        {shown && words(settings, shown.size)}
      </figcaption>
    </figure>
  )
}
