/**
 * Stands in the browser for lib0/logging, by which yjs warns of misuse: that one brings colours, a console to draw on the
 * page and a library of schemas along.
 */
export const [BOLD, UNBOLD, RED, ORANGE, UNCOLOR] = ['', '', '', '', '']
export const print = (...parts: readonly unknown[]): void => console.info(...parts)
export const warn = (...parts: readonly unknown[]): void => console.warn(...parts)
