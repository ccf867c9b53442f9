import { linearKind } from '../shared/linear.ts'

export const arrow = linearKind({ type: 'arrow', endHead: 'arrow', defaults: {}, styles: [] })
