'use client'

import { FolderOpen, type LucideIcon, Plus, Save } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { LibraryEntry } from '../../../../whiteboard/index.ts'
import { download } from '../../../lib/download.ts'
import { addToShelf, loadShelf, saveShelf } from '../../../lib/library-shelf.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toasts.tsx'
import { tip } from '../../ui/tooltip.tsx'
import type { PanelProps } from '../panels.tsx'
import { useEditor, useEditorState, useOpenBoard } from '../session-context.tsx'
import { SidePanel } from '../side-panel.tsx'
import { LibraryItem } from './library-item.tsx'

const FAILED = 'The library cannot be kept in this browser.'

/** The items on the shelf; null until they are read. */
const useShelf = () => {
  const person = useOpenBoard().person.id
  const [entries, setEntries] = useState<readonly LibraryEntry[] | null>(null)
  useEffect(() => {
    void loadShelf(person).then(setEntries)
  }, [person])
  const add = async (more: readonly LibraryEntry[]) => {
    try {
      setEntries(await addToShelf(person, more))
    } catch {
      notify({ kind: 'failed', text: FAILED })
    }
  }
  const remove = async (id: string) => {
    const left = (entries ?? []).filter((entry) => entry.id !== id)
    setEntries(left)
    await saveShelf(person, left).catch(() => notify({ kind: 'failed', text: FAILED }))
  }
  return { entries, add, remove }
}

/** Lets the person choose library files and hands on what is in them. */
const chooseLibraries = (take: (files: readonly File[]) => void) => {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', multiple: true, accept: '.excalidrawlib,application/json' })
  input.addEventListener('change', () => take([...(input.files ?? [])]))
  input.click()
}

const failedWords = (failure: unknown): string => (failure instanceof Error ? failure.message : FAILED)

interface ShelfProps {
  readonly entries: readonly LibraryEntry[]
  readonly remove: (id: string) => void
}

const Shelf = ({ entries, remove }: ShelfProps) => {
  const { files } = useEditor()
  const canEdit = useEditorState((state) => state.canEdit)
  const theme = useEditorState((state) => state.theme)
  const draw = useCallback((entry: LibraryEntry) => files.drawEntry(entry), [files])
  if (entries.length === 0) {
    return (
      <p className="text-soft pb-3 text-sm">
        Drawings that you use again and again, kept in this browser. Open a library file, or add what is
        selected.
      </p>
    )
  }
  return (
    <ul className="grid grid-cols-3 gap-1.5 sm:grid-cols-2">
      {entries.map((entry, at) => (
        <LibraryItem
          key={entry.id}
          entry={entry}
          label={entry.name || `Item ${at + 1}`}
          theme={theme}
          draw={draw}
          insert={canEdit ? () => void files.insertEntry(entry) : null}
          remove={() => remove(entry.id)}
        />
      ))}
    </ul>
  )
}

interface ActionProps {
  readonly Icon: LucideIcon
  readonly name: string
  readonly label: string
  readonly onClick: () => void
  readonly disabled?: boolean
}

const Action = ({ Icon, name, label, onClick, disabled }: ActionProps) => (
  <Button
    size="small"
    className="pointer-coarse:h-11!"
    aria-label={label}
    {...tip({ label })}
    onClick={onClick}
    disabled={disabled}
  >
    <Icon aria-hidden className="size-4" /> {name}
  </Button>
)

interface ActionsProps {
  readonly entries: readonly LibraryEntry[]
  readonly add: (entries: readonly LibraryEntry[]) => Promise<void>
}

const Actions = ({ entries, add }: ActionsProps) => {
  const { files } = useEditor()
  const selected = useEditorState((state) => state.selection.size)
  const open = () =>
    chooseLibraries(async (chosen) => {
      for (const file of chosen) {
        await files
          .readLibrary(file)
          .then((read) => add(read.entries))
          .catch((failure) => notify({ kind: 'failed', text: failedWords(failure) }))
      }
    })
  const addSelection = async () => add([await files.libraryEntry('')])
  const save = async () => download(await files.writeLibrary(entries), 'library.excalidrawlib')
  return (
    <div className="mt-2 flex gap-1.5 [&>*]:flex-1">
      <Action Icon={FolderOpen} name="Open" label="Open a library file" onClick={open} />
      <Action
        Icon={Plus}
        name="Add"
        label="Add what is selected"
        onClick={addSelection}
        disabled={selected === 0}
      />
      <Action
        Icon={Save}
        name="Save"
        label="Save the library as a file"
        onClick={save}
        disabled={entries.length === 0}
      />
    </div>
  )
}

const Library = ({ close }: { close: () => void }) => {
  const { entries, add, remove } = useShelf()
  return (
    <SidePanel
      label="Library"
      title="Library"
      close={close}
      focus="button"
      className="z-20 flex max-h-[50dvh] flex-col p-3 pt-1.5 sm:max-h-[calc(100dvh-9rem)] sm:w-72"
    >
      <div className="scroll-hint -mx-1 min-h-0 flex-1 overflow-y-auto px-1 py-1">
        {entries && <Shelf entries={entries} remove={(id) => void remove(id)} />}
      </div>
      <Actions entries={entries ?? []} add={add} />
    </SidePanel>
  )
}

/** Drawings kept in this browser, to be put on any board by click or drag. */
const LibraryPanel = ({ open, close }: PanelProps) => (open ? <Library close={close} /> : null)

export default LibraryPanel
