'use client'

import { Trash2 } from 'lucide-react'
import { type DragEvent, useEffect, useState } from 'react'
import type { LibraryEntry } from '../../../../whiteboard/index.ts'
import { ENTRY_TYPE } from './import-state.ts'

interface LibraryItemProps {
  readonly entry: LibraryEntry
  readonly label: string
  readonly theme: string
  readonly draw: (entry: LibraryEntry) => Promise<string>
  /** Null for those who may change nothing. */
  readonly insert: (() => void) | null
  readonly remove: () => void
}

/** The picture of an item; null while it is drawn. Shown as an image: what is in it can run nothing. */
const usePicture = (entry: LibraryEntry, theme: string, draw: LibraryItemProps['draw']): string | null => {
  const [url, setUrl] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another picture
  useEffect(() => {
    let isOver = false
    void draw(entry).then(
      (svg) => !isOver && setUrl(`data:image/svg+xml,${encodeURIComponent(svg)}`),
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [entry, theme, draw])
  return url
}

export const LibraryItem = ({ entry, label, theme, draw, insert, remove }: LibraryItemProps) => {
  const picture = usePicture(entry, theme, draw)
  const drag = (event: DragEvent) => event.dataTransfer.setData(ENTRY_TYPE, entry.id)
  return (
    <li className="group border-line relative rounded-lg border">
      <button
        type="button"
        aria-label={`Put on the board: ${label}`}
        title={label}
        disabled={insert === null}
        draggable={insert !== null}
        onDragStart={drag}
        onClick={insert ?? undefined}
        className="button hover:bg-hover aspect-[4/3] w-full p-1.5"
      >
        {picture && (
          // biome-ignore lint/performance/noImgElement: it is drawn in this page, no server could make it smaller
          <img src={picture} alt="" className="pointer-events-none max-h-full max-w-full object-contain" />
        )}
      </button>
      <button
        type="button"
        aria-label={`Remove from the library: ${label}`}
        onClick={remove}
        className="button text-soft hover:text-danger absolute top-0.5 right-0.5 size-7 rounded-md! opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:bg-surface pointer-coarse:size-10 pointer-coarse:opacity-100"
      >
        <Trash2 aria-hidden className="size-4" />
      </button>
    </li>
  )
}
