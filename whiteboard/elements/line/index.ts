import { linearKind } from '../shared/linear.ts'

export const line = linearKind('line', 'none')
