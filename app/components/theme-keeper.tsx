'use client'

import { useLayoutEffect } from 'react'
import { applyStoredTheme } from '../lib/theme.ts'

/** Where a page is made anew in the browser (a missing one, say), no script in its head runs: this stands in for it. */
export const ThemeKeeper = () => {
  useLayoutEffect(applyStoredTheme, [])
  return null
}
