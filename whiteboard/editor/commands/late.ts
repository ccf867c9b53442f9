import { alignCommands } from './align.ts'
import { arrangeCommands } from './arrange.ts'
import { flowCommands } from './flow.ts'
import { frameCommands } from './frames.ts'
import { handsFreeCommands } from './hands-free.ts'
import { imageCommands } from './images.ts'
import { inkCommands } from './ink.ts'
import { linkCommands } from './links.ts'
import { styleCommands } from './style.ts'
import { textCommands } from './text.ts'

/** Commands for what is selected. */
export const lateCommands = {
  ...arrangeCommands,
  ...alignCommands,
  ...handsFreeCommands,
  ...flowCommands,
  ...frameCommands,
  ...imageCommands,
  ...inkCommands,
  ...linkCommands,
  ...styleCommands,
  ...textCommands,
}
