import * as Y from 'yjs'
import { origins } from '../model/document.ts'
import { inSlices, nextTask } from '../model/slices.ts'
import { applyParts, applyUpdate, isLarge } from '../model/updates/apply-parts.ts'
import type { DeviceCopy } from './device-copy.ts'
import type { Intake } from './intake.ts'

export interface DeviceReadingOptions {
  readonly doc: Y.Doc
  readonly copy: DeviceCopy
  readonly intake: Intake
  /** Runs what it is given without anybody hearing of the document's updates. */
  readonly quietly: (work: () => void) => void
  readonly isOver: () => boolean
  /** Something was found, this many unsaved changes among it; answers with the number of the last. */
  readonly found: (unsaved: number) => number
  /** What was found is in the document. */
  readonly done: () => void
}

/** Takes over what is on the device and not in the document: everything at first, later what other tabs left unsaved. */
export interface DeviceReading {
  /** Without the server hearing of it: no connection may come about before this resolves. */
  ahead(): Promise<void>
  /** While there is, or may be, a connection: it sends what was read. */
  late(): Promise<void>
  /** The document's state with all that was read and all that has come, in slices; null when it is over. */
  encodeState(): Promise<Uint8Array | null>
}

export const createDeviceReading = (options: DeviceReadingOptions): DeviceReading => {
  const { doc, copy, intake, quietly, isOver, found, done } = options

  const take = async (): Promise<readonly Uint8Array[]> => {
    const { updates, unsaved } = await copy.read()
    if (isOver() || updates.length === 0) return []
    copy.adopt(found(unsaved))
    return updates
  }

  const applyWhole = (updates: readonly Uint8Array[]): void => {
    const apply = (): void => {
      for (const update of updates) applyUpdate(doc, update, origins.load)
    }
    Y.transact(doc, apply, origins.load, false)
  }

  const applyQuietly = async (updates: readonly Uint8Array[]): Promise<void> => {
    if (isLarge(updates)) {
      await intake.slice(() => applyParts(doc, updates, { origin: origins.load, around: quietly }))
    } else {
      // Not quietly: whoever is told of it at once may answer with a change of this person's.
      intake.run(() => applyWhole(updates))
      await intake.idle()
    }
  }

  const read = async (apply: (updates: readonly Uint8Array[]) => void | Promise<void>): Promise<void> => {
    const updates = await take()
    if (updates.length === 0) return
    await apply(updates)
    if (!isOver()) done()
  }

  return {
    ahead: () => read(applyQuietly),
    late: () => read((updates) => intake.run(() => applyWhole(updates))),
    async encodeState() {
      // What was read from the device is on its way to the intake only when this task is over.
      await nextTask()
      await intake.idle()
      const { encodeState } = await import('../model/updates/encode-state.ts')
      return inSlices(encodeState(doc), isOver)
    },
  }
}
