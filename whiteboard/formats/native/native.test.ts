import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../../test/support/editor-driver.ts'
import { kinds } from '../../elements/index.ts'
import { worldPoint } from '../../geometry/types.ts'
import { DEFAULT_SETTINGS } from '../../model/settings.ts'
import { nativeFile, readNative } from './file.ts'

const through = (person: EditorDriver, settings = DEFAULT_SETTINGS) =>
  readNative(JSON.parse(JSON.stringify(nativeFile(person.elements, settings, {}))), kinds)

describe('our own files', () => {
  it('give back every element to the last digit', () => {
    const person = new EditorDriver()
    person.editor.create([
      ...kinds.types
        .filter((type) => type !== 'ink' && type !== 'highlighter')
        .map((type, at) => ({
          type,
          position: worldPoint(at / 3, at / 7),
          size: [100 / 3, 50 / 7] as const,
          text: type,
        })),
      { type: 'of-the-future', position: worldPoint(1, 2), size: [3, 4], odd: { deep: [1, 'two'] } },
    ])
    person.tool('pen').with('pen', 0.7).down(500, 500).move(600.7, 560.3).up()
    const { elements, skipped } = through(person)
    expect(skipped).toEqual([])
    expect(elements).toEqual(person.elements.map(({ clip: _clip, ...element }) => element))
  })

  it('bring only settings that a new board has not', () => {
    const person = new EditorDriver()
    expect(through(person).settings).toEqual({})
    const settings = { ...DEFAULT_SETTINGS, background: '#fff8e1', pattern: 'lines' } as const
    expect(through(person, settings).settings).toEqual({ background: '#fff8e1', pattern: 'lines' })
  })

  it('CT11: bad elements are reported, good ones kept, and nothing reaches a prototype', () => {
    const { elements, skipped, assets } = readNative(
      JSON.parse(
        `{"type":"drawbridge","elements":[null,7,{},{"type":"rectangle","x":1,"y":2,"width":3,"height":4,"__proto__":{"polluted":1}},
        {"id":"bad","type":5},{"type":"ink","bytes":{"ink":"***","__proto__":"AAAA"},"x":0,"y":0,"width":1,"height":1}],
        "assets":{"__proto__":"data:image/png,","x":"data:image/png,","${'a'.repeat(64)}":"javascript:alert(1)"}}`,
      ),
      kinds,
    )
    expect(elements.map(({ type }) => type)).toEqual(['rectangle', 'damaged'])
    expect(skipped.map(({ id }) => id)).toEqual(['', '', '', 'bad'])
    expect(assets).toEqual({})
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
