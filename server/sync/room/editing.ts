import { CloseCode } from '../../../whiteboard/collab/protocol.ts'
import type { Incomplete } from '../gate/gate.ts'
import type { Novelty } from '../relay/update-join.ts'
import { nobody, type SaveTarget } from '../saving/save-target.ts'
import type { Saver } from '../saving/saver.ts'
import { onlyDeletes, updateFrame } from '../wire.ts'
import type { IsSpent } from './apply-metered.ts'
import type { BoardDocument } from './document.ts'
import type { Labour } from './labour.ts'
import { type IncomingUpdate, isIncomplete, type Member, type UpdateOutcome } from './member.ts'
import type { Repairs } from './repairs.ts'
import type { SizeWatch } from './size-watch.ts'

/** The room whose document is edited. */
export interface EditedRoom extends SaveTarget {
  has(member: Member): boolean
  /** Gives the room up, and returns null, when `change` breaks the document. */
  guarded<Result>(change: () => Result): Result | null
  /** Passes on what the document has since now. `frame` is the author's, where it says just that. */
  spread(author: Member | null, novelty: Novelty, frame: Uint8Array | null): void
}

export interface EditingOptions {
  readonly document: BoardDocument
  readonly saver: Saver
  readonly labour: Labour
  readonly sizes: SizeWatch<Member>
  readonly repairs: Repairs
  readonly onWrote: (boardId: string, personId: string) => void
}

/** Takes editors' updates, of what cannot be taken as a whole what can, and puts them on their way to the others and to disk. */
export class Editing {
  private readonly room: EditedRoom
  private readonly options: EditingOptions

  constructor(room: EditedRoom, { document, saver, labour, sizes, repairs, onWrote }: EditingOptions) {
    this.room = room
    this.options = { document, saver, labour, sizes, repairs, onWrote }
  }

  take(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    const { sizes, repairs } = this.options
    if (!incoming.isStep2 && onlyDeletes(incoming.update) && sizes.isRefused(author)) {
      return this.takeDeletions(author, incoming)
    }
    const outcome = this.takeWhole(author, incoming)
    if (outcome === 'accepted' && incoming.isStep2) {
      repairs.remove(author)
      sizes.accepted(author)
    }
    if (outcome === 'full' || (isIncomplete(outcome) && sizes.isRefused(author))) {
      return this.takeDeletions(author, incoming)
    }
    if (isIncomplete(outcome) && incoming.takesPart) return this.takePart(author, incoming, outcome)
    return outcome
  }

  private takeWhole(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    const { room } = this
    const { document, saver, sizes, onWrote } = this.options
    // An answer may bring what others wrote and this server lost, under ids that it lost with it.
    const mayClaim = !incoming.isStep2 && !incoming.takesPart
    const { id } = author.identity
    const { update } = incoming
    const fits = (bytes: number): boolean => sizes.fits(author, bytes)
    const outcome = this.timed(author, update, (isSpent) =>
      room.guarded(() => document.apply(update, id, mayClaim, fits, isSpent)),
    )
    if (outcome === null) return 'broken'
    if (outcome.type === 'broken-off') {
      // Not called saved: its author has the rest, and may bring it again.
      onWrote(room.boardId, id)
      room.spread(author, outcome.novelty, null)
      saver.add(room, outcome.novelty, nobody, 0)
    }
    if (outcome.type !== 'applied') return outcome.type
    const { novelty } = outcome
    if (novelty) {
      onWrote(room.boardId, id)
      room.spread(author, novelty, novelty.isAll && !incoming.isStep2 ? incoming.frame : null)
    }
    saver.add(room, novelty, author, incoming.number)
    return 'accepted'
  }

  /** What an honest client sends may hold what others wrote and this server has not got. */
  private takePart(author: Member, incoming: IncomingUpdate, outcome: Incomplete): UpdateOutcome {
    const { document, repairs } = this.options
    if (this.room.has(author)) repairs.add(author)
    const update = this.timed(author, incoming.update, () =>
      document.partOf(incoming.update, author.identity.id, repairs.isPatient(author)),
    )
    if (!update) return outcome
    const taken = this.takeWhole(author, { ...incoming, update, frame: updateFrame(update) })
    return taken === 'accepted' ? outcome : taken
  }

  /** Of what there is no room for, or builds on that, what makes room: the whole elements that it deletes. */
  private takeDeletions(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    const { document } = this.options
    const update = this.timed(author, incoming.update, () => document.deletionsOf(incoming.update))
    if (!update) return 'full'
    const taken = this.takeWhole(author, { ...incoming, update, frame: updateFrame(update), isStep2: false })
    return taken === 'accepted' ? 'full' : taken
  }

  /** Ends who keeps the process busier than anybody may, once their update is done with. */
  private timed<Result>(author: Member, { length }: Uint8Array, work: (isSpent: IsSpent) => Result): Result {
    const { labour } = this.options
    const { id } = author.identity
    const result = labour.time(id, length, work)
    if (labour.isTooMuch(id)) author.end(CloseCode.rateLimited, 'updates take too much work')
    return result
  }
}
