import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { kinds } from '../elements/index.ts'
import { createBoardStore } from '../model/board-store.ts'
import type { Element, ElementId } from '../model/element.ts'
import { createApproximateMeasurer } from '../model/text/approximate-measurer.ts'
import type { Command } from './../tools/commands.ts'

let person: EditorDriver

beforeEach(() => {
  person = new EditorDriver()
})

const make = (fields: Readonly<Record<string, unknown>>): Element => {
  const [id] = person.editor.create([{ position: [100, 100], size: [200, 120], ...fields } as never])
  return read(id as ElementId)
}

const read = (id: ElementId): Element => {
  const element = person.board.get(id)
  if (!element) throw new Error(`${id} is gone`)
  return element
}

const convert = (element: Element, command: Command): Element => {
  person.editor.select([element.id])
  person.editor.run(command)
  return read(element.id)
}

const middle = ({ position, size }: Element) => [position[0] + size[0] / 2, position[1] + size[1] / 2]

describe('turning an element into another', () => {
  it('keeps its id, place, text and style', () => {
    const before = make({
      type: 'rectangle',
      stroke: '#d93a3a',
      fillStyle: 'hachure',
      text: 'words',
      roughness: 2,
    })
    const after = convert(before, 'convert-star')
    expect(after).toMatchObject({
      id: before.id,
      type: 'star',
      stroke: '#d93a3a',
      fillStyle: 'hachure',
      roughness: 2,
      text: 'words',
    })
    expect(middle(after)[0]).toBeCloseTo(middle(before)[0] as number)
    expect(person.selection).toEqual([before.id])
  })

  it('is one step of undo, and can be taken back after all', () => {
    const before = make({ type: 'rectangle', text: 'words' })
    convert(before, 'convert-sticky')
    person.press('Ctrl+Z')
    expect(read(before.id)).toEqual(before)
    person.press('Ctrl+Shift+Z')
    expect(read(before.id).type).toBe('sticky')
  })

  it('grows a shape that has less room for its text', () => {
    const before = make({ type: 'rectangle', text: 'some words that just fit into this box and more' })
    expect(convert(before, 'convert-diamond').size[1]).toBeGreaterThan(before.size[1])
  })

  it('gives a note the colour that showed, or else a paper of its own, and back', () => {
    const filled = make({ type: 'ellipse', fillStyle: 'solid', fill: '#cfefd8' })
    expect(convert(filled, 'convert-sticky')).toMatchObject({ type: 'sticky', fill: '#cfefd8' })
    expect(convert(filled, 'convert-ellipse')).toMatchObject({ fillStyle: 'solid', fill: '#cfefd8' })
    const empty = make({ type: 'ellipse', fill: '#cfefd8' })
    expect(convert(empty, 'convert-sticky').fill).toBe(kinds.get('sticky').defaults.fill)
  })

  it('M9: keeps fields that were a default before and are none of the new type', () => {
    const note = make({ type: 'sticky', text: 'x' })
    const shape = convert(note, 'convert-rectangle')
    expect(shape).toMatchObject({ fontSize: note.fontSize, fill: note.fill, fillStyle: 'solid' })
  })

  it('puts text into a shape with its lines as they were, and takes it out again', () => {
    const text = make({ type: 'text', text: 'One line of text\nand another' })
    const fitted = { ...text, ...kinds.get('text').fitted?.(text, createApproximateMeasurer()) }
    person.editor.update([{ id: text.id, size: fitted.size }])
    const before = read(text.id)
    const shape = convert(before, 'convert-ellipse')
    expect(shape.size[0]).toBeGreaterThan(before.size[0])
    middle(shape).forEach((value, axis) => {
      expect(value).toBeCloseTo(middle(before)[axis] as number, 3)
    })
    expect(convert(shape, 'convert-text')).toMatchObject({ type: 'text', text: before.text })
  })

  it('offers what makes sense only', () => {
    const empty = make({ type: 'rectangle' })
    person.editor.select([empty.id])
    expect(person.editor.can('convert-text')).toBe(false)
    expect(person.editor.can('convert-rectangle')).toBe(false)
    expect(person.editor.can('convert-arrow')).toBe(false)
    expect(person.editor.can('convert-hexagon')).toBe(true)
    const line = make({
      type: 'line',
      size: [100, 50],
      points: [
        [0, 0],
        [100, 50],
      ],
    })
    expect(convert(line, 'convert-arrow')).toMatchObject({
      type: 'arrow',
      endHead: 'arrow',
      position: line.position,
    })
    expect(person.editor.can('convert-line')).toBe(true)
    expect(person.editor.can('convert-star')).toBe(false)
  })

  it("M9: merges with another's change of the same element", () => {
    const before = make({ type: 'rectangle', text: 'words' })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.doc))
    const other = createBoardStore(doc, kinds)
    other.transact('user', (edit) => edit.update(before.id, { stroke: '#27914f', position: [5, 6] }))
    convert(before, 'convert-cloud')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.doc))
    Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(doc))
    expect(read(before.id)).toMatchObject({ type: 'cloud', stroke: '#27914f', text: 'words' })
    expect(other.get(before.id)).toEqual(read(before.id))
  })
})
