import { useSyncExternalStore } from 'react'

/** Whether a media query holds now. For what is in the browser only: the server answers no. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )

/** As wide as Tailwind's `sm` begins. */
export const useIsPhone = (): boolean => useMedia('(max-width: 639px)')
