import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'

describe('commands for what is selected', () => {
  it('run when they have come, and are told of then', async () => {
    vi.resetModules()
    const { createEditor } = await import('../editor.ts')
    const { fetchLateCommands } = await import('./commands/index.ts')
    const { kinds } = await import('../elements/index.ts')
    const { createBoardStore } = await import('../model/board-store.ts')
    const board = createBoardStore(new Y.Doc(), kinds)
    const createRenderer = () => {
      throw new Error('There is no canvas here.')
    }
    const editor = createEditor({ board, kinds, requestFrame: null, createRenderer })
    const ids = editor.create([{ type: 'rectangle' }, { type: 'rectangle' }])
    editor.select(ids)
    expect([editor.can('group'), editor.can('delete')]).toEqual([false, true])
    expect(editor.state.allCommands).toBe(false)
    editor.run('group')
    await fetchLateCommands()
    const groups = board.ordered.map((element) => element.groups[0])
    expect(groups[0]).toBeDefined()
    expect(groups[1]).toBe(groups[0])
    expect(editor.can('group')).toBe(true)
    editor.dispose()
  })
})
