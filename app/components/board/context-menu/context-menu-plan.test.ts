import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../../../test/support/editor-driver.ts'
import { isSubmenu, type MenuRow, type MenuSection, planContextMenu } from './context-menu-plan.ts'

const menuOf = ({ editor }: EditorDriver): readonly MenuSection[] =>
  planContextMenu({
    can: (command) => editor.can(command),
    canEdit: editor.state.canEdit,
    selected: editor.selectedElements(),
    on: new Set(),
  })

const labels = (sections: readonly MenuSection[]): string[] =>
  sections
    .flat()
    .flatMap((row: MenuRow) => (isSubmenu(row) ? [row.label, ...labels(row.sections)] : [row.label]))

const withBoxes = (count: number): EditorDriver => {
  const person = new EditorDriver()
  for (let made = 0; made < count; made++) person.press('R').press('Enter')
  return person
}

describe('the context menu', () => {
  it('is about the board where nothing is selected', () => {
    const person = new EditorDriver()
    expect(labels(menuOf(person))).toContain('Background and grid')
    expect(labels(menuOf(person))).not.toContain('Delete')
    expect(labels(menuOf(person))).not.toContain('Select all')
  })

  it('offers for one element what makes sense for one', () => {
    const one = labels(menuOf(withBoxes(1)))
    expect(one).toEqual(expect.arrayContaining(['Delete', 'Turn into', 'Ellipse', 'Lock', 'Link …']))
    expect(one).not.toContain('Align')
    expect(one).not.toContain('Group')
  })

  it('offers for several to align and to group them', () => {
    const person = withBoxes(3)
    person.editor.run('select-all')
    expect(labels(menuOf(person))).toEqual(expect.arrayContaining(['Align', 'Tidy into a grid', 'Group']))
  })

  it('offers for what is locked to unlock it, and nothing that would change it', () => {
    const person = withBoxes(1)
    person.editor.run('lock-toggle')
    const [box] = person.board.ordered
    person.editor.select(box ? [box.id] : [])
    const found = labels(menuOf(person))
    expect(found).toContain('Unlock')
    for (const change of ['Cut', 'Delete', 'Duplicate', 'Arrange', 'Link …'])
      expect(found).not.toContain(change)
  })

  it('offers for a link to open, change and remove it', () => {
    const person = withBoxes(1)
    const [box] = person.board.ordered
    if (box) person.editor.update([{ id: box.id, link: 'https://example.org/' }])
    expect(labels(menuOf(person))).toEqual(
      expect.arrayContaining(['Open the link', 'Link', 'Remove the link']),
    )
  })

  it('offers for a frame what is done with its content', () => {
    const person = withBoxes(1)
    person.editor.run('frame-selection')
    expect(labels(menuOf(person))).toEqual(expect.arrayContaining(['Fit the frame to its content']))
  })

  it('offers viewers nothing that changes the board', () => {
    const person = withBoxes(1)
    person.editor.run('select-all')
    person.editor.setCanEdit(false)
    const found = labels(menuOf(person))
    expect(found).toContain('Copy')
    for (const change of ['Cut', 'Paste', 'Delete', 'Lock', 'Link …']) expect(found).not.toContain(change)
  })

  it('has no submenu with nothing or one row in it', () => {
    for (const count of [0, 1, 2]) {
      const submenus = menuOf(withBoxes(count)).flat().filter(isSubmenu)
      for (const { sections } of submenus) expect(sections.flat().length).toBeGreaterThan(1)
    }
  })
})
