'use client'

import { Menu } from '@base-ui/react/menu'
import { type RefObject, useEffect, useState } from 'react'
import { type Command, type Editor, screenPoint } from '../../../whiteboard/index.ts'
import { commandKeys } from '../../lib/keys.ts'
import { menuDangerItem, menuItem, menuPopup, menuSeparator } from '../ui/menu.ts'
import { Keys } from '../ui/tooltip.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

/** Milliseconds that a finger rests before the menu opens, and CSS pixels that it may wander meanwhile. */
const LONG_PRESS = { delay: 500, slop: 10 }

interface Place {
  /** CSS pixels in the window. */
  readonly x: number
  readonly y: number
}

type Entry = readonly [command: Command, label: string]

const KEYS_ONLY: readonly Entry[] = [['paste', 'Paste']]

const SELECTED: readonly (readonly Entry[])[] = [
  [
    ['cut', 'Cut'],
    ['copy', 'Copy'],
    ['paste', 'Paste'],
    ['duplicate', 'Duplicate'],
  ],
  [
    ['bring-to-front', 'Bring to front'],
    ['bring-forward', 'Bring forward'],
    ['send-backward', 'Send backward'],
    ['send-to-back', 'Send to back'],
  ],
  [
    ['group', 'Group'],
    ['ungroup', 'Ungroup'],
    ['lock-toggle', 'Lock or unlock'],
  ],
  [['delete', 'Delete']],
]

const NOTHING_SELECTED: readonly (readonly Entry[])[] = [
  KEYS_ONLY,
  [
    ['select-all', 'Select all'],
    ['zoom-to-fit', 'Fit everything'],
    ['zoom-reset', 'Real size, 100 %'],
  ],
]

/** What the press was on becomes the selection, unless it is part of it already. */
const selectAt = (editor: Editor, host: HTMLElement, { x, y }: Place): void => {
  const { left, top } = host.getBoundingClientRect()
  const target = editor.contextTarget(screenPoint(x - left, y - top))
  if (target === null) editor.select([])
  else if (!editor.state.selection.has(target)) editor.select([target])
}

/** Calls back when a finger rests on `host`; the gesture that the finger began is cancelled. */
const listenToLongPress = (host: HTMLElement, editor: Editor, open: (place: Place) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: Place & { id: number } = { x: 0, y: 0, id: -1 }
  const stop = () => clearTimeout(timer)
  const down = (event: PointerEvent) => {
    stop()
    const quiet = editor.state.tool === 'select' || editor.state.tool === 'hand'
    if (event.pointerType !== 'touch' || !event.isPrimary || !quiet) return
    start = { x: event.clientX, y: event.clientY, id: event.pointerId }
    const { target } = event
    timer = setTimeout(() => {
      target?.dispatchEvent(
        new PointerEvent('pointercancel', { ...start, pointerId: start.id, bubbles: true }),
      )
      open(start)
    }, LONG_PRESS.delay)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== start.id) return
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > LONG_PRESS.slop) stop()
  }
  host.addEventListener('pointerdown', down)
  host.addEventListener('pointermove', move)
  host.addEventListener('pointerup', stop)
  host.addEventListener('pointercancel', stop)
  return () => {
    stop()
    host.removeEventListener('pointerdown', down)
    host.removeEventListener('pointermove', move)
    host.removeEventListener('pointerup', stop)
    host.removeEventListener('pointercancel', stop)
  }
}

const useOpening = (host: RefObject<HTMLElement | null>) => {
  const editor = useEditor()
  const [place, setPlace] = useState<Place | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const open = (at: Place) => {
      selectAt(editor, element, at)
      setPlace({ x: at.x, y: at.y })
    }
    const onContextMenu = (event: MouseEvent) => {
      if (event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      if (!editor.state.busy) open({ x: event.clientX, y: event.clientY })
    }
    element.addEventListener('contextmenu', onContextMenu)
    const stopListening = listenToLongPress(element, editor, open)
    return () => {
      element.removeEventListener('contextmenu', onContextMenu)
      stopListening()
    }
  }, [editor, host])
  return [place, () => setPlace(null)] as const
}

const Item = ({ entry: [command, label] }: { entry: Entry }) => {
  const editor = useEditor()
  return (
    <Menu.Item
      className={command === 'delete' ? menuDangerItem : menuItem}
      disabled={!editor.can(command)}
      onClick={() => editor.run(command)}
    >
      {label}
      <span className="ml-auto pl-8 pointer-coarse:hidden">
        <Keys keys={commandKeys(command) ?? ''} />
      </span>
    </Menu.Item>
  )
}

const forViewers = new Set<Command>(['copy', 'select-all', 'zoom-to-fit', 'zoom-reset'])

/** The menu at the pointer: right click, or a long press. */
export const BoardContextMenu = ({ host }: { host: RefObject<HTMLElement | null> }) => {
  const [place, close] = useOpening(host)
  const selected = useEditorState((state) => state.selection.size > 0)
  const canEdit = useEditorState((state) => state.canEdit)
  if (!place) return null
  const blocks = (selected ? SELECTED : NOTHING_SELECTED)
    .map((block) => block.filter(([command]) => canEdit || forViewers.has(command)))
    .filter((block) => block.length > 0)
  const anchor = { getBoundingClientRect: () => new DOMRect(place.x, place.y, 0, 0) }
  return (
    <Menu.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="start" className="z-30 outline-none">
          <Menu.Popup className={menuPopup}>
            {blocks.map((block, index) => (
              <div key={block[0]?.[0]}>
                {index > 0 && <div className={menuSeparator} />}
                {block.map((entry) => (
                  <Item key={entry[0]} entry={entry} />
                ))}
              </div>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
