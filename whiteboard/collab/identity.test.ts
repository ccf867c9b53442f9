import { expect, test } from 'vitest'
import { identityColor } from './identity.ts'

test('a person has the same colour everywhere', () => {
  expect(identityColor('cm3x1v9z40000')).toBe(identityColor('cm3x1v9z40000'))
  expect(identityColor('')).toMatch(/^#[0-9a-f]{6}$/)
})

test('ids that differ little spread over the palette', () => {
  const found = new Set(Array.from({ length: 200 }, (_, index) => identityColor(`person-${index}`)))
  expect(found.size).toBeGreaterThanOrEqual(10)
})
