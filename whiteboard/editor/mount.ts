import type { CreateRenderer } from '../render/contract.ts'
import { snapping } from '../tools/late-snapping.ts'
import { completeCommands } from './commands/index.ts'
import type { EditorCore } from './core.ts'
import { listenToInput } from './dom-input.ts'
import { atFirstSign } from './signs-of-life.ts'
import { LateTextInput } from './typing/late-text-input.ts'

/** Puts the canvas, its listeners and the text input into `host`; the answer takes all of them out again. */
export const mountEditor = (
  core: EditorCore,
  host: HTMLElement,
  createRenderer: CreateRenderer,
): (() => void) => {
  prepareHost(host)
  const renderer = createRenderer({
    host,
    board: core.board,
    kinds: core.kinds,
    pictures: core.images?.pictures ?? null,
  })
  core.renderer = renderer
  core.camera.setSize(renderer.size)
  core.sceneChanged()
  const text = new LateTextInput(core, host)
  const endings = [
    // Who types may do so at once: what else comes late waits until the input is here.
    atFirstSign(async () => {
      await text.load()
      completeCommands(core)
      renderer.prepare()
      void snapping.prepare()
    }),
    renderer.onResize((size) => core.camera.setSize(size)),
    listenToInput(core, host),
    () => text.dispose(),
    () => renderer.dispose(),
  ]
  return () => {
    core.machine.cancel()
    core.finishTyping()
    core.renderer = null
    for (const end of endings) end()
  }
}

/** All touches and scrolling belong to the board, and it can have the focus. */
const prepareHost = (host: HTMLElement): void => {
  if (!host.hasAttribute('tabindex')) host.tabIndex = 0
  if (!host.hasAttribute('role')) host.setAttribute('role', 'application')
  if (!host.hasAttribute('aria-label')) host.setAttribute('aria-label', 'Board')
  if (getComputedStyle(host).position === 'static') host.style.position = 'relative'
  Object.assign(host.style, { overflow: 'clip', touchAction: 'none', userSelect: 'none', outline: 'none' })
}
