import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createApproximateMeasurer } from '../model/text/approximate-measurer.ts'

/** Two selected boxes in an editor whose late commands are not here yet. */
const freshEditor = async () => {
  vi.resetModules()
  const { createEditor } = await import('../editor.ts')
  const { fetchLateCommands } = await import('./commands/index.ts')
  const { kinds } = await import('../elements/index.ts')
  const { createBoardStore } = await import('../model/board-store.ts')
  const board = createBoardStore(new Y.Doc(), kinds)
  const measure = createApproximateMeasurer()
  const createRenderer = () => {
    throw new Error('There is no canvas here.')
  }
  const editor = createEditor({ board, kinds, measure, requestFrame: null, createRenderer })
  editor.select(editor.create([{ type: 'rectangle' }, { type: 'rectangle' }]))
  return { editor, board, fetchLateCommands }
}

describe('commands for what is selected', () => {
  it('run when they have come', async () => {
    const { editor, board, fetchLateCommands } = await freshEditor()
    editor.run('group')
    await fetchLateCommands()
    const groups = board.ordered.map((element) => element.groups[0])
    expect(groups[0]).toBeDefined()
    expect(groups[1]).toBe(groups[0])
    editor.dispose()
  })

  it('are fetched when it is asked whether they can run, and the interface is told when they have come', async () => {
    const { editor, fetchLateCommands } = await freshEditor()
    expect(editor.state.allCommands).toBe(false)
    let told = 0
    editor.subscribe(() => told++)
    expect([editor.can('group'), editor.can('align-left'), editor.can('delete')]).toEqual([
      false,
      false,
      true,
    ])
    await fetchLateCommands()
    expect(told).toBe(1)
    expect(editor.state.allCommands).toBe(true)
    expect([editor.can('group'), editor.can('align-left')]).toEqual([true, true])
    editor.dispose()
  })
})
