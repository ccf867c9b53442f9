import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** How long to wait before code is asked for again, in milliseconds. */
const PAUSE = 3000

/** Resolves after a while, or as soon as the network is back. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PAUSE)
    window.addEventListener('online', () => resolve(), { once: true })
  })

/** Asks for code until it comes. */
export const insist = async <Code>(load: () => Promise<Code>): Promise<Code> => {
  for (;;) {
    try {
      return await load()
    } catch {
      await pause()
    }
  }
}

/** A component whose code comes when it is first shown. Without a network it comes later, instead of taking the board down. */
export const late = <Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> => lazy(() => insist(load))
