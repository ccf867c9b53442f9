// Runs before the first paint, so that a chosen theme never flashes. `app/lib/theme.ts` writes what is read here.
const applyTheme = () => {
  try {
    const chosen = localStorage.getItem('drawbridge.theme')
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
  } catch {
    // Storage is forbidden: the system's theme it is.
  }
}
applyTheme()
