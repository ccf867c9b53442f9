/**
 * Tells of the device what bears on a connection; returns what ends the subscription.
 *
 * @param wake trying again is worth it at once
 * @param cutOff the device says that it has no network
 */
export type WakeEvents = (wake: () => void, cutOff: () => void) => () => void

/** The network is back or gone, or the page is looked at again. */
export const browserWakeEvents: WakeEvents = (wake, cutOff) => {
  if (typeof window === 'undefined') return () => {}
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') wake()
  }
  if (!navigator.onLine) cutOff()
  window.addEventListener('online', wake)
  window.addEventListener('offline', cutOff)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', cutOff)
    window.removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
