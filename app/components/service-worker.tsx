'use client'

import { useEffect } from 'react'
import { startServiceWorker } from '../lib/offline.ts'

/** Shows nothing: starts what lets boards be opened without the server. */
export const ServiceWorkerStart = () => {
  useEffect(startServiceWorker, [])
  return null
}
