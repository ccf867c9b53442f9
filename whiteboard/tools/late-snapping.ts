import { LateCode } from '../model/late-code.ts'

/** The plans of snapping; until they are here, nothing snaps. */
export const snapping = new LateCode(() => import('../model/plans/snapping/snap.ts'))
