import { describe, expect, it } from 'vitest'
import { search } from './palette-search.ts'

const items = [
  { name: 'group', label: 'Group', group: 'Arrange' },
  { name: 'align-left', label: 'Align left', group: 'Arrange' },
  { name: 'bring-to-front', label: 'Bring to front', group: 'Arrange' },
  { name: 'zoom-to-fit', label: 'Zoom to fit everything', group: 'View' },
  { name: 'ungroup', label: 'Ungroup', group: 'Arrange' },
]

const found = (query: string, recent: readonly string[] = []): string[] =>
  search(query, items, recent).map(({ name }) => name)

describe('finding commands', () => {
  it('puts labels that begin so first', () => {
    expect(found('gro')[0]).toBe('group')
    expect(found('align')).toEqual(['align-left'])
  })

  it('takes words in any sequence, and letters of a word', () => {
    expect(found('fit zoom')[0]).toBe('zoom-to-fit')
    expect(found('btf')[0]).toBe('bring-to-front')
  })

  it('finds all of a group by its name', () => {
    expect(found('arrange')).toHaveLength(4)
  })

  it('finds nothing for what is nowhere', () => {
    expect(found('xyz')).toEqual([])
  })

  it('lists what was used last first when nothing is asked', () => {
    expect(found('', ['ungroup', 'group']).slice(0, 2)).toEqual(['ungroup', 'group'])
    expect(found('')).toHaveLength(items.length)
  })
})
