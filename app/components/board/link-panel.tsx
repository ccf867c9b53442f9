'use client'

import { Popover } from '@base-ui/react/popover'
import { ExternalLink, Trash2 } from 'lucide-react'
import { type FormEvent, useEffect, useEffectEvent, useId, useState } from 'react'
import type { BoardElement } from '../../../whiteboard/index.ts'
import { readAddress } from '../../lib/link-address.ts'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/toasts.tsx'
import { IconButton } from './icon-button.tsx'
import type { PanelProps } from './panels.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

/** Where an element is in the window, in CSS pixels. */
const placeOf = (
  { position, size }: BoardElement,
  camera: { readonly x: number; readonly y: number; readonly zoom: number },
): DOMRect => {
  const left = (position[0] - camera.x) * camera.zoom
  const top = (position[1] - camera.y) * camera.zoom
  return new DOMRect(left, top, size[0] * camera.zoom, size[1] * camera.zoom)
}

const REFUSED = 'Only web addresses (http, https) and mail addresses (mailto) can be linked.'

const LinkForm = ({ elements, close }: { elements: readonly BoardElement[]; close: () => void }) => {
  const editor = useEditor()
  const id = useId()
  const before = elements[0]?.link ?? ''
  const [text, setText] = useState(before)
  const [refused, setRefused] = useState(false)
  const save = (link: string | null) => {
    editor.update(elements.map((element) => ({ id: element.id, link })))
    close()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return save(null)
    const link = readAddress(text)
    if (link === null) setRefused(true)
    else save(link)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <label htmlFor={id} className="text-faint text-xs font-medium">
        {elements.length > 1 ? `Link of ${elements.length} elements` : 'Link'}
      </label>
      <div className="flex items-center gap-1">
        <input
          id={id}
          className="field h-10! min-w-0 flex-1 text-sm! pointer-coarse:h-11!"
          value={text}
          placeholder="https://example.com"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={2048}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value)
            setRefused(false)
          }}
          aria-invalid={refused}
          aria-describedby={refused ? `${id}-refused` : undefined}
        />
        <Button type="submit" look="primary" size="small" className="h-10! pointer-coarse:h-11!">
          Save
        </Button>
        {before !== '' && (
          <>
            <IconButton Icon={ExternalLink} label="Open the link" onClick={() => editor.run('link-open')} />
            <IconButton Icon={Trash2} label="Remove the link" onClick={() => save(null)} />
          </>
        )}
      </div>
      {refused && (
        <p id={`${id}-refused`} role="alert" className="text-danger text-sm">
          {REFUSED}
        </p>
      )}
    </form>
  )
}

interface LinkPopoverProps {
  readonly elements: readonly BoardElement[]
  readonly first: BoardElement
  readonly close: () => void
}

const LinkPopover = ({ elements, first, close }: LinkPopoverProps) => {
  const editor = useEditor()
  const anchor = { getBoundingClientRect: () => placeOf(first, editor.state.camera) }
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="top" sideOffset={30} collisionPadding={8} className="z-30">
          <Popover.Popup
            aria-label="Link"
            className="panel shadow-float popup-motion w-96 max-w-[calc(100vw-1rem)] p-3 outline-none"
          >
            <LinkForm elements={elements} close={close} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** For what is selected when it opens: a touch beside it lets go of the selection before it closes the panel. */
const Opened = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  const [elements] = useState(() => editor.selectedElements().filter(({ locked }) => !locked))
  const [first] = elements
  const refuse = useEffectEvent(() => {
    close()
    notify({ kind: 'hint', text: 'Select something first, then link it.' })
  })
  useEffect(() => {
    if (!first) refuse()
  }, [first])
  return first ? <LinkPopover elements={elements} first={first} close={close} /> : null
}

/** Adds, changes, removes and opens the link of what is selected. */
const LinkPanel = ({ open, close }: PanelProps) => {
  const canEdit = useEditorState((state) => state.canEdit)
  return open && canEdit ? <Opened close={close} /> : null
}

export default LinkPanel
