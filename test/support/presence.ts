import type { LocalPresence, Peer } from '../../whiteboard/model/presence.ts'

/** Somebody who shows nothing at all. */
export const nothingShown: LocalPresence = {
  cursor: null,
  selection: [],
  draft: null,
  view: null,
  laser: false,
  caret: null,
  uploads: new Map(),
}

/** A peer named Ada who shows nothing, but for what is said. */
export const peer = (shown: Partial<Peer> = {}): Peer => ({
  clientId: 1,
  personId: 'p',
  name: 'Ada',
  color: '#d93a3a',
  ...nothingShown,
  ...shown,
})
