'use client'

import { ChevronLeft, ChevronRight, Presentation as Empty, Wand, X } from 'lucide-react'
import {
  type PointerEvent,
  type TouchEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { type BoardElement, captionText, type ElementId } from '../../../whiteboard/index.ts'
import { focusBoard } from '../../lib/focus-board.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from './icon-button.tsx'
import type { PanelProps } from './panels.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

/** Milliseconds without a movement after which the controls fade. */
const REST = 2_500
/** CSS pixels that a finger wanders to make a swipe of a touch. */
const SWIPE = 40

const STEPS: Readonly<Record<string, 'next' | 'previous' | 'first' | 'last'>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ' ': 'next',
  Enter: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  PageUp: 'previous',
  Backspace: 'previous',
  Home: 'first',
  End: 'last',
}

/** The frames as they stand now, however others move, add and remove them meanwhile. */
const useFrames = (): readonly BoardElement[] => {
  const editor = useEditor()
  const [frames, setFrames] = useState(() => editor.presentedFrames())
  useEffect(() => editor.board.subscribe(() => setFrames(editor.presentedFrames())), [editor])
  return frames
}

/** Goes to full screen where the browser can; leaving that ends the presentation. */
const useFullScreen = (end: () => void): void => {
  const ended = useEffectEvent(end)
  useEffect(() => {
    let full = false
    const onChange = () => {
      if (document.fullscreenElement) full = true
      else if (full) ended()
    }
    document.addEventListener('fullscreenchange', onChange)
    document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {})
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
    }
  }, [])
}

/** False when nobody has moved or touched anything for a while. */
const useStirring = (): boolean => {
  const [stirring, setStirring] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stir = () => {
      clearTimeout(timer)
      setStirring(true)
      timer = setTimeout(() => setStirring(false), REST)
    }
    stir()
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const sign of signs) window.addEventListener(sign, stir)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, stir)
    }
  }, [])
  return stirring
}

/** The presentation has the focus while it lasts, and the board after it. */
const useFocus = () => {
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    section.current?.focus({ preventScroll: true })
    return focusBoard
  }, [])
  return section
}

/** Which frame is shown, and the ways to others. */
const useSteps = (frames: readonly BoardElement[]) => {
  const editor = useEditor()
  const shown = useEditorState((state) => state.modes.presenting)
  const [begin] = useState(() => frames.findIndex(({ id }) => editor.state.selection.has(id)))
  const known = useRef(Math.max(0, begin))
  const found = frames.findIndex(({ id }) => id === shown)
  // Of a frame that somebody removed, the place it had is shown.
  const index = found === -1 ? Math.min(known.current, frames.length - 1) : found
  useEffect(() => {
    known.current = index
  }, [index])
  const show = useCallback((frame: BoardElement | undefined) => frame && editor.present(frame.id), [editor])
  const current = frames[index]
  const place = current && `${current.id} ${current.position} ${current.size}`
  useEffect(() => {
    if (place === undefined) return
    const refit = () => editor.present((place.split(' ')[0] ?? '') as ElementId)
    refit()
    window.addEventListener('resize', refit)
    return () => window.removeEventListener('resize', refit)
  }, [editor, place])
  return {
    index,
    current,
    next: () => show(frames[index + 1]),
    previous: () => show(frames[index - 1]),
    first: () => show(frames[0]),
    last: () => show(frames.at(-1)),
  }
}

const useKeys = (steps: ReturnType<typeof useSteps>, laser: () => void, close: () => void): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const onButton = event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter')
    const step = STEPS[event.key]
    if (onButton) return
    if (event.key === 'Escape') close()
    else if (event.key.toLowerCase() === 'k') laser()
    else if (step) steps[step]()
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [])
}

/** Taps go on, swipes go both ways. */
const useTouches = (steps: ReturnType<typeof useSteps>) => {
  const start = useRef<readonly [number, number] | null>(null)
  return {
    onPointerDown: (event: PointerEvent) => {
      start.current = [event.clientX, event.clientY]
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current
      start.current = null
      if (!from || event.button !== 0) return
      const way = event.clientX - from[0]
      if (way > SWIPE) steps.previous()
      else if (way < -SWIPE || Math.hypot(way, event.clientY - from[1]) < SWIPE / 4) steps.next()
    },
    // A tap brings the controls back: the click that the browser makes of it is not for what appeared under it.
    onTouchEnd: (event: TouchEvent) => event.preventDefault(),
  }
}

interface ControlsProps {
  readonly steps: ReturnType<typeof useSteps>
  readonly count: number
  readonly laser: boolean
  /** Whether the pointer moved just now; without that they would cover what is shown. */
  readonly stirring: boolean
  readonly toggleLaser: () => void
  readonly close: () => void
}

const Controls = ({ steps, count, laser, stirring, toggleLaser, close }: ControlsProps) => {
  const { index, current, next, previous } = steps
  return (
    <div
      className={`panel shadow-float pointer-events-auto absolute bottom-[calc(0.75rem+env(safe-area-inset-bottom))] left-1/2 flex max-w-[calc(100vw-1rem)] -translate-x-1/2 items-center p-1 transition-opacity duration-300 focus-within:opacity-100 hover:opacity-100 ${stirring ? '' : 'opacity-0 pointer-coarse:pointer-events-none'}`}
    >
      <IconButton
        Icon={ChevronLeft}
        label="Previous"
        keys="ArrowLeft"
        disabled={index <= 0}
        onClick={previous}
      />
      <span className="min-w-0 px-2 text-center text-sm tabular-nums">
        <span className="max-w-56 truncate align-bottom max-sm:hidden sm:inline-block">
          {current && captionText(current)}
        </span>{' '}
        <span className="text-soft whitespace-nowrap">
          {index + 1} of {count}
        </span>
      </span>
      <IconButton
        Icon={ChevronRight}
        label="Next"
        keys="ArrowRight"
        disabled={index >= count - 1}
        onClick={next}
      />
      <span className="bg-line mx-1 w-px self-stretch" />
      <IconButton Icon={Wand} label="Laser pointer" keys="K" pressed={laser} onClick={toggleLaser} />
      <IconButton Icon={X} label="End the presentation" keys="Escape" onClick={close} />
    </div>
  )
}

const Presenting = ({ frames, close }: { frames: readonly BoardElement[]; close: () => void }) => {
  const editor = useEditor()
  const steps = useSteps(frames)
  const stirring = useStirring()
  const [laser, setLaser] = useState(false)
  const touches = useTouches(steps)
  const end = useEffectEvent(() => {
    editor.setTool('select')
    editor.present(null)
  })
  const toggleLaser = () => {
    editor.setTool(laser ? 'select' : 'laser')
    setLaser(!laser)
  }
  const section = useFocus()
  useFullScreen(close)
  useKeys(steps, toggleLaser, close)
  useEffect(() => () => end(), [])
  const { index, current } = steps
  return (
    <section
      ref={section}
      tabIndex={-1}
      data-takes-keys
      aria-label="Presentation"
      className={`fixed inset-0 z-30 outline-none ${laser ? 'pointer-events-none' : ''}`}
    >
      {!laser && (
        <div {...touches} className={`absolute inset-0 touch-none ${stirring ? '' : 'cursor-none'}`} />
      )}
      <p role="status" className="sr-only">
        {current && `${captionText(current)}, ${index + 1} of ${frames.length}`}
      </p>
      <Controls
        steps={steps}
        count={frames.length}
        laser={laser}
        stirring={stirring}
        toggleLaser={toggleLaser}
        close={close}
      />
    </section>
  )
}

/** What to do where there is nothing to present. */
const NoFrames = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  const canEdit = useEditorState((state) => state.canEdit)
  const draw = () => {
    close()
    editor.setTool('frame')
  }
  return (
    <Dialog open onOpenChange={close} title="Nothing to present yet">
      <div className="text-soft flex flex-col items-center gap-4 text-center">
        <Empty aria-hidden className="text-faint size-10" strokeWidth={1.5} />
        <p>
          A presentation goes from frame to frame.{' '}
          {canEdit
            ? 'Draw a frame round each part of the board that you want to show.'
            : 'Nobody has put frames on this board yet.'}
        </p>
        {canEdit && (
          <Button look="primary" onClick={draw}>
            Draw a frame
          </Button>
        )}
      </div>
    </Dialog>
  )
}

const Opened = ({ close }: { close: () => void }) => {
  const frames = useFrames()
  // Frames that others draw meanwhile begin no presentation by themselves.
  const [began] = useState(frames.length > 0)
  return began && frames.length > 0 ? (
    <Presenting frames={frames} close={close} />
  ) : (
    <NoFrames close={close} />
  )
}

/** Steps through the frames of the board, each alone and whole. */
const Presentation = ({ open, close }: PanelProps) => (open ? <Opened close={close} /> : null)

export default Presentation
