import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { Simulation } from './run.ts'

const isPending = ({ store }: Y.Doc): boolean => store.pendingStructs !== null || store.pendingDs !== null

/** All that readers see of a document, read from the beginning. */
const readAnew = (doc: Y.Doc): string => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const store = createBoardStore(copy, kinds)
  return JSON.stringify([store.ordered, store.settings])
}

/** I2: everything that was called saved is on the disk, whatever has been killed. */
export const checkStored = async (simulation: Simulation, when: string): Promise<void> => {
  const { doc } = await simulation.disk.read(simulation.boardId)
  let missing = false
  doc.on('update', () => {
    missing = true
  })
  doc.transact(() => {
    for (const update of simulation.acknowledged) Y.applyUpdate(doc, update)
  })
  if (missing || isPending(doc))
    simulation.world.violate(`I2: something that was called saved is not on the disk, ${when}`)
}

const checkConvergence = (simulation: Simulation, stored: Y.Doc): void => {
  const { world, people } = simulation
  const state = (doc: Y.Doc): string =>
    JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort())
  const deleted = (doc: Y.Doc): Uint8Array => Y.encodeSnapshot(Y.snapshot(doc))
  const shown = readAnew(stored)
  for (const { id, tab } of people) {
    const { doc, client, store } = tab
    const { status } = client
    if (status.state !== 'online' || status.unsaved > 0) {
      world.violate(`I1: ${id} is ${status.state} with ${status.unsaved} unsaved changes when all is calm`)
      continue
    }
    if (isPending(doc)) world.violate(`I5: ${id} holds pending parts`)
    if (state(doc) !== state(stored)) world.violate(`I1: ${id} has another state vector than the disk`)
    else if (!Buffer.from(deleted(doc)).equals(deleted(stored)))
      world.violate(`I1: ${id} has other deletions than the disk`)
    if (JSON.stringify([store.ordered, store.settings]) !== shown)
      world.violate(`I1: ${id} sees another board`)
  }
}

/** I3: what honest people made and none of them removed is there; what they removed and nobody brought back is not. */
const checkContent = ({ world, expected, gone, mangles }: Simulation, stored: Y.Doc): void => {
  const elements = stored.getMap('elements')
  const lost = [...expected].filter((id) => !elements.has(id))
  if (lost.length > 0 && !mangles) world.violate(`I3: ${lost.length} elements are gone that nobody removed`)
  const returned = [...gone].filter((id) => elements.has(id))
  if (returned.length > 0 && !mangles)
    world.violate(`I3: ${returned.length} elements are back that nobody brought back`)
}

/** I7: everybody sees those who are there, and nobody else. */
const checkPresence = ({ world, people }: Simulation): void => {
  const there = people.map(({ tab }) => tab.doc.clientID).sort()
  for (const { id, tab } of people) {
    const seen = [...tab.client.awareness.getStates().keys()].sort()
    if (JSON.stringify(seen) !== JSON.stringify(there)) {
      world.violate(`I7: ${id} sees ${seen.length} people where ${there.length} are`)
    }
  }
}

/** I10: an id that somebody wrote under is theirs. */
const checkOwners = (
  { world, people }: Simulation,
  stored: Y.Doc,
  owners: ReadonlyMap<number, string>,
): void => {
  for (const { id, tab } of people) {
    const { clientID } = tab.doc
    if (stored.store.clients.has(clientID) && owners.get(clientID) !== id) {
      world.violate(`I10: the client id of ${id} is owned by ${owners.get(clientID) ?? 'nobody'}`)
    }
  }
}

/** What holds once there is no more trouble. */
export const checkEnd = async (simulation: Simulation): Promise<void> => {
  const { world, disk, boardId, viewer } = simulation
  await checkStored(simulation, 'in the end')
  const { doc, owners } = await disk.read(boardId)
  if (isPending(doc)) world.violate('I5: what is stored has pending parts')
  if (doc.store.clients.has(viewer.client)) world.violate('I4: a viewer has written')
  checkConvergence(simulation, doc)
  checkContent(simulation, doc)
  checkPresence(simulation)
  checkOwners(simulation, doc, owners)
}
