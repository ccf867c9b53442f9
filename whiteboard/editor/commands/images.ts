import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { cropElement } from '../crop-element.ts'
import type { Definitions } from './definition.ts'

const onlyImage = (core: EditorCore) => {
  const [element, ...others] = core.editable()
  return element && others.length === 0 && core.kinds.get(element.type).crops ? element : null
}

export const imageCommands: Definitions<Extract<Command, 'crop'>> = {
  crop: {
    can: (core) => onlyImage(core) !== null,
    run: (core) => {
      const image = onlyImage(core)
      if (image) cropElement(core, image.id)
    },
  },
}
