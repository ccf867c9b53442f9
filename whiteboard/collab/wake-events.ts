/** Tells when trying again is worth it at once; returns what ends the subscription. */
export type WakeEvents = (wake: () => void) => () => void

/** The network is back, or the page is looked at again. */
export const browserWakeEvents: WakeEvents = (wake) => {
  if (typeof window === 'undefined') return () => {}
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('offline', wake)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', wake)
    window.removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
