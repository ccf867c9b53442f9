import { describe, expect, it, vi } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import type { Element } from '../model/element.ts'

const withPicture = (fields: Partial<Element> = {}): EditorDriver => {
  const person = new EditorDriver()
  person.editor.create([
    {
      type: 'image',
      asset: 'a'.repeat(64),
      natural: [400, 200],
      position: [100, 100] as unknown as Element['position'],
      size: [200, 100],
      ...fields,
    },
  ])
  return person
}

/** What crops is fetched when it is first wanted. */
const begun = (person: EditorDriver): Promise<void> =>
  vi.waitFor(() => expect(person.path).toBe('select/crop'))

describe('cropping a picture', () => {
  it('begins with a double click, follows several pulls, and is one step of undo', async () => {
    const person = withPicture().doubleClick(200, 150)
    await begun(person)
    person.drag(300, 200, 250, 180).drag(100, 150, 120, 150)
    expect(person.only).toMatchObject({ crop: null, size: [200, 100] })
    person.press('Enter')
    expect(person.path).toBe('select')
    expect(person.only).toMatchObject({ crop: [40, 0, 260, 160], position: [120, 100], size: [130, 80] })
    person.press('Ctrl+Z')
    expect(person.only).toMatchObject({ crop: null, position: [100, 100], size: [200, 100] })
  })

  it('begins with Enter, and Escape or a click beside the picture keeps it too', async () => {
    for (const leave of [
      (person: EditorDriver) => person.press('Escape'),
      (person: EditorDriver) => person.click(600, 600),
      (person: EditorDriver) => person.press('P'),
    ]) {
      const person = withPicture().click(200, 150).press('Enter')
      await begun(person)
      leave(person.drag(300, 150, 250, 150))
      expect(person.path).not.toContain('crop')
      expect(person.only).toMatchObject({ crop: [0, 0, 300, 200], size: [150, 100] })
    }
  })

  it('shows peers all of the picture meanwhile, and leaves nothing when nothing was pulled', async () => {
    const person = withPicture({ crop: [100, 50, 200, 100] }).doubleClick(200, 150)
    await begun(person)
    const draft = person.presence?.draft
    expect(draft?.type === 'change' && [...draft.patches.values()]).toEqual([
      { crop: null, corner: 0, position: [0, 50], size: [400, 200] },
    ])
    person.press('Escape')
    expect(person.presence?.draft).toBeNull()
    expect(person.only).toMatchObject({ crop: [100, 50, 200, 100], position: [100, 100], size: [200, 100] })
    expect(person.editor.state.canUndo).toBe(true)
    person.press('Ctrl+Z')
    expect(person.elements).toHaveLength(0)
  })

  it('ends when somebody else removes the picture, or the right to edit is lost', async () => {
    const person = withPicture()
    const peer = person.peer()
    person.doubleClick(200, 150)
    await begun(person)
    person.drag(300, 150, 250, 150)
    const { id } = person.only
    peer.transact('user', (edit) => edit.remove(id))
    expect(person.path).toBe('select')
    const viewer = withPicture().doubleClick(200, 150)
    await begun(viewer)
    viewer.drag(300, 150, 250, 150)
    viewer.editor.setCanEdit(false)
    expect(viewer.path).toBe('select')
    expect(viewer.only).toMatchObject({ crop: null })
  })
})

it('does not begin when the person has gone on to something else by the time it could', async () => {
  const person = withPicture().doubleClick(200, 150).press('Escape')
  await import('./cropping.ts')
  await new Promise((resolve) => setImmediate(resolve))
  expect(person.path).toBe('select')
})

describe('a picture', () => {
  it('keeps its proportion when it is resized, unless Shift is held', () => {
    const person = withPicture().click(200, 150).drag(304, 204, 404, 214)
    expect(person.only.size[0] / person.only.size[1]).toBeCloseTo(2)
    const free = withPicture().click(200, 150).hold('shift').drag(304, 204, 404, 304)
    expect(free.only.size).toEqual([300, 200])
  })

  it('is turned over by the flip commands', () => {
    const person = withPicture({ crop: [0, 0, 200, 200] })
      .click(200, 150)
      .press('Shift+H')
    expect(person.only).toMatchObject({ flip: [true, false], crop: [0, 0, 200, 200] })
    person.press('Shift+V').press('Shift+H')
    expect(person.only).toMatchObject({ flip: [false, true] })
  })
})
