/**
 * Where the focus goes when a popover closes that stands beside the canvas: back to its button for who opened it by key.
 * After a click it goes nowhere, so that the next key is the board's and not that of a field that had the focus before.
 */
export const finalFocus = (closedBy: string): boolean => closedBy === 'keyboard'
