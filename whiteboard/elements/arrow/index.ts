import { linearKind } from '../shared/linear.ts'

export const arrow = linearKind('arrow', 'arrow')
