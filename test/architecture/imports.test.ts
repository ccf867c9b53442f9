import { describe, expect, it } from 'vitest'
import { violations } from './rules.ts'
import { importsIn, readSource, sourceFiles } from './sources.ts'

describe('import directions', () => {
  const files = sourceFiles()

  it('are kept by every source file', () => {
    expect(files.length).toBeGreaterThan(50)
    const broken = files.flatMap((path) => importsIn(path, readSource(path))).flatMap(violations)
    expect(broken.join('\n')).toBe('')
  })

  it('lead only to server/config.ts for the environment', () => {
    const readers = files.filter((path) => /\bprocess\.env\b/.test(readSource(path)))
    expect(readers).toEqual(['server/config.ts'])
  })
})

describe('the check itself', () => {
  it('finds imports of every kind', () => {
    const text = `
      import a from './a.ts'
      import { b, type B } from '../b.ts'
      import type { C } from 'c'
      import './d.css'
      export * from './e.ts'
      export type { F } from './f.ts'
      import {
        g,
      } from './g.ts'
      const h = await import('h')
      type I = import('../i.ts').I
      // import './commented.ts'
      /* import './commented.ts' */
      const url = 'https://example.org' // from './no.ts'
    `
    const found = importsIn('app/x/file.ts', text).map(({ to }) => to)
    expect(found.sort()).toEqual(
      [
        'app/x/a.ts',
        'app/b.ts',
        'c',
        'app/x/d.css',
        'app/x/e.ts',
        'app/x/f.ts',
        'app/x/g.ts',
        'h',
        'app/i.ts',
      ].sort(),
    )
  })

  it.each([
    ['whiteboard/geometry/box.ts', 'whiteboard/model/elements.ts'],
    ['whiteboard/model/store.ts', 'whiteboard/render/canvas.ts'],
    ['whiteboard/render/canvas.ts', 'whiteboard/elements/index.ts'],
    ['whiteboard/tools/machine.ts', 'whiteboard/collab/client.ts'],
    ['whiteboard/elements/text/index.ts', 'whiteboard/elements/note/index.ts'],
    ['whiteboard/elements/shared/label.ts', 'whiteboard/elements/note/index.ts'],
    ['whiteboard/elements/text/index.ts', 'whiteboard/editor.ts'],
    ['whiteboard/editor.ts', 'react'],
    ['whiteboard/editor.ts', 'node:fs'],
    ['whiteboard/editor.ts', 'server/log.ts'],
    ['server/sync/room/room.ts', 'whiteboard/editor.ts'],
    ['server/sync/room/room.ts', 'whiteboard/elements/index.ts'],
    ['server/auth/session.ts', 'whiteboard/model/elements.ts'],
    ['server/assets/intake.ts', 'whiteboard/model/elements.ts'],
    ['server/assets/intake.ts', 'server/store/generated/sqlite/client.ts'],
    ['whiteboard/editor/core.ts', 'whiteboard/editor.ts'],
    ['whiteboard/editor/core.ts', 'whiteboard/index.ts'],
    ['server/boards/boards.ts', 'app/lib/api.ts'],
    ['server/boards/boards.ts', '@prisma/client'],
    ['server/boards/boards.ts', 'server/store/generated/sqlite/client.ts'],
    ['server/sync/room/room.ts', 'next/server'],
    ['app/page.tsx', 'whiteboard/model/elements.ts'],
    ['app/page.tsx', 'pg'],
    ['app/page.tsx', 'app/lib/api'],
  ])('refuses %s importing %s', (from, to) => {
    expect(violations({ from, to })).not.toEqual([])
  })

  it.each([
    ['whiteboard/model/store.ts', 'whiteboard/geometry/box.ts'],
    ['whiteboard/elements/text/index.ts', 'whiteboard/elements/text/layout.ts'],
    ['whiteboard/elements/text/index.ts', 'whiteboard/elements/shared/label.ts'],
    ['whiteboard/elements/index.ts', 'whiteboard/elements/text/index.ts'],
    ['whiteboard/editor.ts', 'whiteboard/elements/index.ts'],
    ['whiteboard/model/document.ts', 'yjs'],
    ['server/sync/room/room.ts', 'whiteboard/collab/protocol.ts'],
    ['server/boards/picture.ts', 'whiteboard/elements/index.ts'],
    ['server/assets/intake.ts', 'whiteboard/formats/images/inspect.ts'],
    ['whiteboard/editor/core.ts', 'whiteboard/elements/index.ts'],
    ['whiteboard/editor/core.ts', 'whiteboard/editor-types.ts'],
    ['server/store/people.ts', 'server/store/generated/sqlite/client.ts'],
    ['app/page.tsx', 'whiteboard/index.ts'],
    ['app/page.tsx', 'server/runtime.ts'],
  ])('allows %s importing %s', (from, to) => {
    expect(violations({ from, to })).toEqual([])
  })
})
