'use client'

import type { ReactNode } from 'react'
import { Toasts } from './ui/toasts.tsx'

/** What the whole interface stands in: messages that come and go. */
export const Providers = ({ children }: { children: ReactNode }) => <Toasts>{children}</Toasts>
