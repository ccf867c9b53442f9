/** How menus look, wherever they open. */
export const menuPopup =
  'panel scroll-hint shadow-float popup-motion min-w-52 origin-(--transform-origin) p-1.5 text-sm outline-none max-h-(--available-height) overflow-y-auto'

export const menuItem =
  'flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left outline-none select-none data-highlighted:bg-hover data-disabled:opacity-45 pointer-coarse:min-h-11'

export const menuDangerItem = `${menuItem} text-danger data-highlighted:bg-danger-soft`

export const menuSeparator = 'bg-line mx-1 my-1.5 h-px'

export const menuHeading = 'text-faint px-2.5 pt-2 pb-1 text-xs font-medium'
