import { onOurSite } from '../../server/auth/safe-path.ts'
import { pathOf } from './path-of.ts'

/** Any: only what stands behind it counts. */
const SITE = 'http://site.invalid'

/** Where to send somebody who is signed in already: a path of ours, or the list of boards. Server only. */
export const onwards = (wanted: string | null): string =>
  pathOf(new URL(onOurSite(wanted ?? '/boards', SITE)))
