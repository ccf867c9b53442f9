/** Gives the board's keys back to it. */
export const focusBoard = (): void =>
  document.querySelector<HTMLElement>('[data-board-canvas]')?.focus({ preventScroll: true })
