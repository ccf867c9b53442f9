import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../../test/support/editor-driver.ts'
import { type Json, makeExcalidrawFile } from '../../../test/support/excalidraw-files.ts'
import { createRandom } from '../../../test/support/random.ts'
import { kinds } from '../../elements/index.ts'
import { createBoardStore } from '../../model/board-store.ts'
import type { Element } from '../../model/element.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { createScriptingHandle } from '../../scripting.ts'
import { EditorCore } from '../core.ts'
import { type ClipboardContent, paste } from './copy-paste.ts'

const scripted = () => {
  const person = new EditorDriver()
  const sync = { status: { state: 'connecting', unsaved: 0 } as const, whenSaved: () => Promise.resolve() }
  return { person, handle: createScriptingHandle(person.editor, sync) }
}

const fileOf = (content: unknown): Blob => new Blob([JSON.stringify(content)])

const rectangle = (fields: Json = {}): Json => ({
  id: 'r',
  type: 'rectangle',
  x: 5,
  y: 6,
  width: 70,
  height: 80,
  ...fields,
})

const jsonOf = async (blob: Blob): Promise<Json> => JSON.parse(await blob.text()) as Json

describe('files', () => {
  it('opens a drawing in one step of undo, and says what is not in it', async () => {
    const { person, handle } = scripted()
    const report = await handle.editor.importFile(
      fileOf({
        type: 'excalidraw',
        elements: [rectangle(), null, { id: 'odd' }],
        appState: { viewBackgroundColor: '#fff9db' },
      }),
      'plan.excalidraw',
    )
    expect(report).toEqual({
      added: 1,
      skipped: [
        { id: '', reason: expect.any(String) },
        { id: 'odd', reason: expect.any(String) },
      ],
    })
    expect(person.only).toMatchObject({ id: 'r', position: [5, 6] })
    expect(person.selection).toEqual(['r'])
    expect(person.board.settings.background).toBe('#fff9db')
    person.press('Ctrl+Z')
    expect(person.elements).toEqual([])
    expect(person.board.settings.background).toBeNull()
  })

  it('puts what is opened beside what is there, under ids of its own', async () => {
    const { person, handle } = scripted()
    const content = { type: 'excalidraw', elements: [rectangle()] }
    await handle.editor.importFile(fileOf(content), 'a')
    await handle.editor.importFile(fileOf(content), 'a')
    const [first, second] = person.elements
    expect(second?.id).not.toBe(first?.id)
    expect(second?.position[0]).toBeGreaterThanOrEqual(75)
  })

  it('goes out and comes in unchanged as Excalidraw file', async () => {
    const { handle } = scripted()
    const file = makeExcalidrawFile(createRandom(11), 60)
    const { added, skipped } = await handle.editor.importFile(fileOf(file), 'made.excalidraw')
    expect(skipped).toEqual([])
    expect(added).toBeGreaterThan(40)
    const out = await jsonOf(await handle.editor.exportFile({ format: 'excalidraw' }))
    expect(out).toMatchObject({
      type: 'excalidraw',
      version: 2,
      appState: { viewBackgroundColor: '#ffffff' },
    })
    const byId = new Map((out.elements as Json[]).map((element) => [element.id, element]))
    for (const element of file.elements) expect(byId.get(element.id)).toEqual(element)
  })

  it('goes out and comes in unchanged as file of our own', async () => {
    const { person, handle } = scripted()
    person.place([0, 0, 100, 50], [300, 0, 100, 50])
    person.tool('arrow').drag(110, 25, 290, 25)
    person.tool('pen').drag(500, 10, 600, 70)
    const file = await handle.editor.exportFile({ format: 'json' })
    const other = scripted()
    expect(await other.handle.editor.importFile(file, 'a.drawbridge')).toMatchObject({
      added: 4,
      skipped: [],
    })
    const bare = (elements: readonly Element[]) => elements.map(({ order: _order, ...element }) => element)
    expect(bare(other.person.elements)).toEqual(bare(person.elements))
    expect(await other.handle.editor.importFile(file, 'a.drawbridge')).toMatchObject({ added: 4 })
    expect(other.person.elements).toHaveLength(8)
  })

  it('exports only what is selected, with what its frames carry', async () => {
    const { person, handle } = scripted()
    const [id] = person.place([0, 0, 100, 50], [300, 0, 100, 50])
    handle.editor.select([id ?? ''])
    const out = await jsonOf(await handle.editor.exportFile({ format: 'json', selectionOnly: true }))
    expect((out.elements as Json[]).map((element) => element.id)).toEqual([id])
  })

  it('makes SVGs that open again as what they were drawn from', async () => {
    const { person, handle } = scripted()
    handle.editor.create([
      { type: 'star', x: 1 / 3, y: 5, width: 100, height: 90, text: 'A star', link: 'https://example.org' },
      { type: 'sticky', x: 200, y: 5, text: 'A note' },
    ])
    const svg = await handle.editor.exportFile({ format: 'svg', dark: true, transparent: true })
    expect(await svg.text()).toMatch(/^<\?xml[^>]+>\n<svg /)
    expect(await svg.text()).toContain('<a href="https://example.org"')
    expect(await svg.text()).not.toMatch(/<script|<rect x/)
    const other = scripted()
    await other.handle.editor.importFile(svg, 'a.svg')
    const bare = (elements: readonly Element[]) =>
      elements.map(({ order: _order, excalidraw: _kept, ...element }) => element)
    expect(bare(other.person.elements)).toEqual(bare(person.elements))
    const plain = await handle.editor.exportFile({ format: 'svg', embedScene: false })
    expect(await plain.text()).not.toContain('payload')
  })

  it('tells how large a picture will be, and calls off what takes long', async () => {
    const { person, handle } = scripted()
    person.place([0, 0, 100, 50])
    const size = await person.editor.files.pictureSize({ format: 'png', scale: 2, padding: 10 })
    expect(size.scale).toBe(2)
    expect(size.width).toBeGreaterThanOrEqual(240)
    person.place([0, 0, 1, 1], [90_000, 90_000, 1, 1])
    expect((await person.editor.files.pictureSize({ format: 'png', scale: 4 })).scale).toBeLessThan(0.1)
    const calledOff = AbortSignal.abort(new Error('called off'))
    await expect(handle.editor.exportFile({ format: 'svg', signal: calledOff })).rejects.toThrow('called off')
  })

  it('keeps libraries of both versions, and puts their items on the board', async () => {
    const { person } = scripted()
    const { files } = person.editor
    const second = fileOf({
      type: 'excalidrawlib',
      version: 2,
      libraryItems: [
        { id: 'i', name: 'Box', status: 'published', elements: [rectangle()], created: 5 },
        { id: 'none', elements: [] },
      ],
    })
    const { entries, skipped } = await files.readLibrary(second)
    expect(skipped).toEqual([{ id: 'none', reason: expect.any(String) }])
    expect(entries).toMatchObject([{ name: 'Box' }])
    const first = await files.readLibrary(
      fileOf({ type: 'excalidrawlib', version: 1, library: [[rectangle()], [rectangle()]] }),
    )
    expect(first.entries).toHaveLength(2)
    const [entry] = entries
    if (!entry) throw new Error('no item')
    expect(await files.drawEntry(entry)).toMatch(/^<svg /)
    expect(await files.insertEntry(entry)).toBe(1)
    expect(await files.insertEntry(entry)).toBe(1)
    expect(person.elements).toHaveLength(2)
    const kept = await files.libraryEntry('Mine')
    const { entries: again } = await files.readLibrary(await files.writeLibrary([kept]))
    expect(again).toMatchObject([{ name: 'Mine', elements: [{ type: 'rectangle' }] }])
  })

  it('refuses what it cannot open, and viewers', async () => {
    const { person, handle } = scripted()
    await expect(handle.editor.importFile(new Blob(['hello']), 'a.txt')).rejects.toThrow(/not a drawing/)
    await expect(handle.editor.importFile('a.txt' as never)).rejects.toThrow(/Blob/)
    await expect(handle.editor.exportFile({ format: 'docx' as never })).rejects.toThrow(
      /excalidraw, excalidrawlib/,
    )
    person.editor.setCanEdit(false)
    await expect(
      handle.editor.importFile(fileOf({ type: 'excalidraw', elements: [rectangle()] }), 'a'),
    ).rejects.toThrow(/viewing/)
  })
})

describe('pasting', () => {
  const pasting = async (content: Partial<ClipboardContent>, plain = false): Promise<readonly Element[]> => {
    const core = new EditorCore({
      board: createBoardStore(new Y.Doc(), kinds),
      kinds,
      measure: createApproximateMeasurer(),
      requestFrame: null,
      reducedMotion: () => true,
    })
    await paste(core, { text: '', html: '', files: [], ...content }, { at: null, plain })
    return core.board.ordered
  }

  it('makes a text of each line, or one of all with the key for it', async () => {
    const elements = await pasting({ text: 'one\r\n\ntwo\nthree' })
    expect(elements.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    const tops = elements.map(({ position }) => position[1])
    expect(tops).toEqual([...tops].sort((a, b) => a - b))
    expect(await pasting({ text: 'one\n\ntwo' }, true)).toMatchObject([{ text: 'one\n\ntwo' }])
    const program = Array.from({ length: 200 }, (_, line) => `line ${line}`).join('\n')
    expect(await pasting({ text: program })).toMatchObject([{ text: program }])
  })

  it('wraps what is much longer than a line can be read', async () => {
    const paragraph = 'many words in one paragraph '.repeat(60)
    const [long] = await pasting({ text: paragraph })
    expect(long).toMatchObject({ text: paragraph, autoWidth: false })
    expect(long?.size[0]).toBeLessThan(1200)
    expect(long?.size[1]).toBeGreaterThan(50)
    expect(await pasting({ text: 'few words' })).toMatchObject([{ autoWidth: true }])
  })

  it('links addresses, and takes drawings for words where only words are wanted', async () => {
    expect(await pasting({ text: 'https://example.org/a' })).toMatchObject([
      { link: 'https://example.org/a' },
    ])
    const scene = JSON.stringify({ type: 'excalidraw', elements: [rectangle()] })
    expect(await pasting({ text: scene })).toMatchObject([{ type: 'rectangle' }])
    expect(await pasting({ text: scene }, true)).toMatchObject([{ type: 'text' }])
  })
})
