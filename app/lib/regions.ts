/** What is chosen in a section of the style panel has the focus. */
export const focusStyle = (section: string): void => {
  const found = document.querySelector(`[data-style-section="${section}"]`)
  const button = found?.querySelector<HTMLElement>('[aria-pressed="true"]') ?? found?.querySelector('button')
  button?.focus({ preventScroll: false })
}

/** The parts of the board's page, in the sequence of the document: the board itself, and what lies round it. */
const REGIONS =
  '[data-board-canvas], header, [data-style-panel], [data-view-controls], [role="toolbar"], search, section[aria-label]'

const CONTROLS = 'button, input, select, textarea, a[href], [tabindex]'

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0

/** Where the focus goes in a region: the region itself, if it takes it, or its first control that Tab leads to. */
const entryOf = (region: HTMLElement): HTMLElement | undefined =>
  region.tabIndex >= 0
    ? region
    : [...region.querySelectorAll<HTMLElement>(CONTROLS)].find(
        (control) => control.tabIndex >= 0 && !control.matches(':disabled') && isShown(control),
      )

/** Moves the focus on to the next part of the board's page, or back to the one before; past the last comes the first. */
export const focusRegion = (by: 1 | -1): void => {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(
    (region) => isShown(region) && entryOf(region) !== undefined,
  )
  const current = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = regions[(Math.max(current, by === 1 ? current : 0) + by + regions.length) % regions.length]
  if (next) entryOf(next)?.focus()
}
