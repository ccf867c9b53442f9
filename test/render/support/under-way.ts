import { FramingEdit } from '../../../whiteboard/editor/framing.ts'
import { kinds } from '../../../whiteboard/elements/index.ts'
import type { Camera } from '../../../whiteboard/geometry/camera.ts'
import { worldPoint } from '../../../whiteboard/geometry/types.ts'
import type { BoardEdit, BoardStore } from '../../../whiteboard/model/board.ts'
import type { Draft } from '../../../whiteboard/model/draft.ts'
import { type DraftCase, type DraftCaseName, draftCases } from './draft-cases.ts'
import { nextFrame } from './frames.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { Screen } from './screen.ts'

const write = (edit: BoardEdit, board: BoardStore, draft: Draft): void => {
  if (draft.type === 'create') for (const element of draft.elements) edit.create(element)
  if (draft.type === 'change') for (const [id, patch] of draft.patches) edit.update(id, patch)
  if (draft.type !== 'translate') return
  for (const id of draft.ids) {
    const [x, y] = board.get(id)?.position ?? [0, 0]
    edit.update(id, { position: worldPoint(x + draft.delta[0], y + draft.delta[1]) })
  }
}

/** What releasing does. */
const commit = (board: BoardStore, draft: Draft): void =>
  board.transact('user', (plain) => {
    const framing = new FramingEdit(plain, { board, kinds, typing: null })
    write(framing, board, draft)
    framing.settle()
  })

export interface UnderWay {
  /** From a straight drawing of the board as the drafts make it. */
  readonly during: Likeness
  /** Once they are dropped, from a straight drawing of the board as it is. */
  readonly dropped: Likeness
  /** Of what is seen while it is under way from what is seen when it is done; null where it is not meant to be alike. */
  readonly done: Likeness | null
}

const SIZE = [800, 600] as const

const FAR: Camera = { x: -60, y: -40, zoom: 0.17 }
const CAMERAS: readonly Camera[] = [{ x: 3.2, y: -11.7, zoom: 1 }, { x: -60, y: -40, zoom: 0.37 }, FAR]

const seen = async ({ board: make, shown, endsOtherwise }: DraftCase, camera: Camera): Promise<UnderWay> => {
  const board = make()
  const screen = new Screen({ board, size: SIZE, scene: { camera } })
  await screen.rest()
  const drafts = shown(board)
  screen.show(drafts)
  const during = await screen.likeness()
  const shot = screen.shot()
  const isAlone = !endsOtherwise && drafts.draft && drafts.draft.type !== 'erase' && !drafts.peers
  if (isAlone && drafts.draft) commit(board, drafts.draft)
  screen.show({ draft: null, peers: [], editing: null })
  const dropped = await screen.likeness()
  const done = isAlone ? likenessOf(shot, screen.shot()) : null
  screen.dispose()
  return { during, dropped, done }
}

/**
 * A large move that rests in its order, and is released then: of all frames until what it ends with is drawn, the one that
 * is furthest from how it rested.
 */
export const releasedAtRest = async (): Promise<Likeness> => {
  const { board: make, shown } = draftCases['half of a large board, between the others']
  const board = make()
  const screen = new Screen({ board, size: SIZE, scene: { camera: FAR } })
  await screen.rest()
  const { draft } = shown(board)
  if (draft?.type !== 'translate') throw new Error('Nothing moves')
  const [first] = draft.ids
  const from = first && board.get(first)?.position
  screen.show({ draft: from ? { ...draft, from } : draft })
  await screen.rest()
  const rested = screen.shot()
  commit(board, draft)
  screen.show({ draft: null })
  const painted = screen.rest().then(() => true)
  let worst = likenessOf(rested, rested)
  do {
    await nextFrame()
    const seen = likenessOf(rested, screen.shot())
    if (seen.strays >= worst.strays) worst = seen
  } while (!(await Promise.race([painted, false])))
  screen.dispose()
  return worst
}

/** From near and from afar. */
export const underWay = (name: DraftCaseName): Promise<readonly UnderWay[]> =>
  Promise.all(CAMERAS.map((camera) => seen(draftCases[name], camera)))
