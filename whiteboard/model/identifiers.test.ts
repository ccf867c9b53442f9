import { describe, expect, it } from 'vitest'
import { createElementId, createGroupId, isId, MAX_ID_LENGTH } from './identifiers.ts'

describe('ids', () => {
  it('M25: are 12 letters and digits, and never the same twice', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => (index % 2 ? createElementId() : createGroupId()))
    expect(new Set(ids).size).toBe(5000)
    for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{12}$/)
    expect(new Set(ids.join('')).size).toBe(62)
  })

  it('M25: are read up to a length', () => {
    expect(isId('x'.repeat(MAX_ID_LENGTH))).toBe(true)
    for (const bad of ['', 'x'.repeat(MAX_ID_LENGTH + 1), 5, null, undefined]) expect(isId(bad)).toBe(false)
  })
})
