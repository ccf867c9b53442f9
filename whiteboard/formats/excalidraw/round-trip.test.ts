import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../../test/support/editor-driver.ts'
import type { Json } from '../../../test/support/excalidraw-files.ts'
import { kinds } from '../../elements/index.ts'
import { createBoardStore } from '../../model/board-store.ts'
import type { Element } from '../../model/element.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { createScriptingHandle, type ScriptedEditor } from '../../scripting.ts'
import { exportScene } from './export.ts'

const scripted = (): { person: EditorDriver; editor: ScriptedEditor } => {
  const person = new EditorDriver()
  const sync = { status: { state: 'connecting', unsaved: 0 } as const, whenSaved: () => Promise.resolve() }
  return { person, editor: createScriptingHandle(person.editor, sync).editor }
}

const sceneOf = async (editor: ScriptedEditor): Promise<Json[]> => {
  const file = await editor.exportFile({ format: 'excalidraw' })
  return (JSON.parse(await file.text()) as { elements: Json[] }).elements
}

const bare = ({ id: _id, order: _order, position: _position, excalidraw: _kept, ...rest }: Element) => rest

/** A shape that Excalidraw does not have, with words, a cut stroke, and an arrow between shapes, one of which is a star. */
const DRAWN = [
  { id: 'star', type: 'star', x: 0, y: 0, width: 100, height: 100, text: 'Star', groups: ['both'] },
  { id: 'note', type: 'sticky', x: 300, y: 0, text: 'Note', groups: ['both'] },
  {
    id: 'arrow',
    type: 'arrow',
    points: [
      [0, 0],
      [300, 20],
    ],
    start: { element: 'star', anchor: [0.5, 0.5], mode: 'outline' },
    end: { element: 'note', anchor: [0.5, 0.5], mode: 'inside' },
  },
  {
    id: 'ink',
    type: 'ink',
    y: 300,
    points: Array.from({ length: 40 }, (_, at) => [at * 5, (at % 3) * 4, 0.5]),
    cuts: [
      [5, 8],
      [20, 22],
    ],
  },
]

describe('Excalidraw files of our own', () => {
  it('open whole on a board that has all of it already', async () => {
    const { person, editor } = scripted()
    editor.create(DRAWN)
    await editor.importFile(await editor.exportFile({ format: 'excalidraw' }))
    expect(person.elements).toHaveLength(8)
    const [star, note, arrow, ink, secondStar, secondNote, secondArrow, secondInk] = person.elements
    const group = secondStar?.groups[0]
    expect(group).not.toBe('both')
    for (const [first, second] of [
      [star, secondStar],
      [note, secondNote],
      [ink, secondInk],
    ] as const) {
      if (!first || !second) throw new Error('There are eight.')
      const groups = first.groups.length > 0 ? [group] : []
      expect(bare(second)).toEqual({ ...bare(first), groups })
    }
    expect(arrow).toMatchObject({ start: { element: 'star' }, end: { element: 'note' } })
    expect(secondArrow).toMatchObject({
      start: { element: secondStar?.id, mode: 'outline' },
      end: { element: secondNote?.id, mode: 'inside' },
    })
  })

  it('give no id twice, though a file was opened twice', async () => {
    const { editor } = scripted()
    const box = { id: 'box', type: 'rectangle', x: 0, y: 0, width: 90, height: 50, index: 'a1' }
    const words = { id: 'words', type: 'text', text: 'Words', containerId: 'box', index: 'a2' }
    const elements = [{ ...box, boundElements: [{ id: 'words', type: 'text' }] }, words]
    const file = new Blob([JSON.stringify({ type: 'excalidraw', elements })])
    await editor.importFile(file)
    await editor.importFile(file)
    const scene = await sceneOf(editor)
    expect(scene).toHaveLength(4)
    expect(new Set(scene.map(({ id }) => id)).size).toBe(4)
    const [first, label, second, secondLabel] = scene
    expect([first, label]).toEqual(elements)
    expect(secondLabel).toMatchObject({ containerId: second?.id, text: 'Words' })
    expect(second?.boundElements).toEqual([{ id: secondLabel?.id, type: 'text' }])
  })

  it('bind arrows only to what Excalidraw can bind to, and bring the rest back', async () => {
    const { person, editor } = scripted()
    editor.create(DRAWN)
    const scene = await sceneOf(editor)
    const arrow = scene.find(({ id }) => id === 'arrow')
    expect(arrow).toMatchObject({ startBinding: null, endBinding: { elementId: 'note' } })
    expect(scene.find(({ id }) => id === 'star')?.boundElements).toEqual([])
    expect(scene.find(({ id }) => id === 'note')?.boundElements).toContainEqual({
      id: 'arrow',
      type: 'arrow',
    })
    const other = scripted()
    await other.editor.importFile(await editor.exportFile({ format: 'excalidraw' }))
    expect(other.person.elements.map(bare)).toEqual(person.elements.map(bare))
  })

  it('have all corners of routes of which only the ends are stored', async () => {
    const { editor } = scripted()
    const ends = [
      [0, 0],
      [200, 90],
    ]
    editor.create([{ id: 'arrow', type: 'arrow', route: 'elbow', x: 10, y: 10, points: ends }])
    const [arrow] = await sceneOf(editor)
    const points = arrow?.points as readonly (readonly [number, number])[]
    expect(points.length).toBeGreaterThan(2)
    expect([points[0], points.at(-1)]).toEqual(ends)
    points.slice(1).forEach(([x, y], at) => {
      const [beforeX, beforeY] = points[at] ?? [0, 0]
      expect(x === beforeX || y === beforeY).toBe(true)
    })
  })

  it('go out as they came in after the way to the server, halves of letters among them', async () => {
    const halves = 'half a \ud83d letter'
    const words = { id: 'words', type: 'text', x: 0, y: 0, text: halves, originalText: halves, index: 'a0' }
    const frame = { id: 'frame', type: 'frame', x: 0, y: 50, width: 9, height: 9, name: halves, index: 'a1' }
    const { person, editor } = scripted()
    await editor.importFile(new Blob([JSON.stringify({ type: 'excalidraw', elements: [words, frame] })]))
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.doc))
    const board = createBoardStore(doc, kinds)
    const context = {
      kinds,
      measure: createApproximateMeasurer(),
      lookup: (id: Element['id']) => board.get(id),
    }
    expect(exportScene(board.ordered, context).elements).toEqual([words, frame])
  })

  it('show lines in colours that nobody knows, and hide none but clear ones', async () => {
    const colors = [
      'tomato',
      'hsl(9 90% 50%)',
      7,
      null,
      'transparent',
      '#fff0',
      'rgba(1, 2, 3, 0)',
      '#00000000',
    ]
    const elements = colors.map((strokeColor, at) => ({
      id: `box-${at}`,
      type: 'rectangle',
      width: 10,
      height: 10,
      strokeColor,
      index: `a${at}`,
    }))
    const { person, editor } = scripted()
    await editor.importFile(new Blob([JSON.stringify({ type: 'excalidraw', elements })]))
    expect(person.elements.map(({ strokeWidth }) => Number(strokeWidth) > 0)).toEqual(
      colors.map((_, at) => at < 4),
    )
    expect(await sceneOf(editor)).toEqual(elements)
  })

  it('have their texts measured anew, and go out as they were', async () => {
    const words = {
      id: 'words',
      type: 'text',
      x: 5,
      y: 7,
      width: 3,
      height: 90,
      text: 'Many words',
      index: 'a0',
    }
    const { person, editor } = scripted()
    await editor.importFile(new Blob([JSON.stringify({ type: 'excalidraw', elements: [words] })]))
    expect(person.only.size[0]).toBeGreaterThan(50)
    expect(person.only.size[1]).toBeLessThan(40)
    expect(await sceneOf(editor)).toEqual([words])
    editor.update([{ id: 'words', x: person.only.position[0] + 10 }])
    expect(await sceneOf(editor)).toEqual([{ ...words, x: 15, version: 2 }])
  })

  it('keep a stroke of which nothing can be seen', async () => {
    const { editor } = scripted()
    editor.create([{ id: 'ink', type: 'ink', points: [] }])
    const other = scripted()
    const report = await other.editor.importFile(await editor.exportFile({ format: 'excalidraw' }))
    expect(report).toEqual({ added: 1, skipped: [] })
  })
})
