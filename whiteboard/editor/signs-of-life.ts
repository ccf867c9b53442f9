/** What tells that somebody is there, who may soon want more than to look. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const

/** Calls back at the first sign that somebody is there; the answer calls it off. */
export const atFirstSign = (run: () => void): (() => void) => {
  const ending = new AbortController()
  const { signal } = ending
  const once = (): void => {
    ending.abort()
    run()
  }
  for (const sign of SIGNS) window.addEventListener(sign, once, { signal, passive: true, capture: true })
  return () => ending.abort()
}
