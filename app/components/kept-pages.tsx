'use client'

import { useEffect } from 'react'
import { watchKeptPages } from '../lib/offline.ts'

/** Shows nothing: sees to it that pages kept on this device are those of whoever is signed in. */
export const KeptPages = () => {
  useEffect(watchKeptPages, [])
  return null
}
