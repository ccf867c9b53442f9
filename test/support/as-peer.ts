import type { Peer } from '../../whiteboard/model/presence.ts'
import type { EditorDriver } from './editor-driver.ts'

/** Somebody at an editor as the others see them. */
export const asPeer = ({ presence, doc }: EditorDriver): Peer => ({
  clientId: doc.clientID,
  personId: `person ${doc.clientID}`,
  name: 'Ada',
  color: '#15803d',
  cursor: presence?.cursor ?? null,
  selection: presence?.selection ?? [],
  draft: presence?.draft ?? null,
  view: presence?.view ?? null,
  laser: false,
  caret: presence?.caret ?? null,
  uploads: new Map(),
})
