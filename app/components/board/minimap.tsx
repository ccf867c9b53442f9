'use client'

import { useEffect, useRef } from 'react'
import { useEscape } from './escape.ts'
import type { PanelProps } from './panels.tsx'
import { useEditor } from './session-context.tsx'

/** CSS pixels. */
const WIDTH = 208
const HEIGHT = 136

const BoardMap = ({ close }: { close: () => void }) => {
  const editor = useEditor()
  useEscape('minimap', close, { lasting: true })
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    if (!target) return
    let end = () => {}
    let gone = false
    void editor.showMinimap(target).then((stop) => {
      if (gone) stop()
      else end = stop
    })
    return () => {
      gone = true
      end()
    }
  }, [editor])
  const ratio = typeof window === 'undefined' ? 1 : Math.min(2, window.devicePixelRatio)
  return (
    <section
      data-panel="minimap"
      aria-label="Map of the board"
      className="panel shadow-float absolute right-2 bottom-[calc(8rem+env(safe-area-inset-bottom))] z-10 overflow-hidden p-1 roomy:right-3 roomy:bottom-3"
    >
      <canvas
        ref={canvas}
        width={Math.round(WIDTH * ratio)}
        height={Math.round(HEIGHT * ratio)}
        style={{ width: WIDTH, height: HEIGHT }}
        className="block cursor-pointer touch-none rounded-lg"
      />
    </section>
  )
}

/** A small map of the whole board with the part that one sees; a press or drag on it moves there. */
const Minimap = ({ open, close }: PanelProps) => (open ? <BoardMap close={close} /> : null)

export default Minimap
