import '@fontsource/inter/400.css'
import '@fontsource/inter/500.css'
import '@fontsource/inter/600.css'
import '@fontsource/jetbrains-mono/400.css'
import '@fontsource/shantell-sans/400.css'
import '@fontsource/shantell-sans/700.css'
import '@fontsource/source-serif-4/400.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { KeptPages } from './components/kept-pages.tsx'
import { ThemeKeeper } from './components/theme-keeper.tsx'
import { Toasts } from './components/ui/toasts.tsx'

export const metadata: Metadata = {
  title: { default: 'Drawbridge: a whiteboard to draw on together', template: '%s · Drawbridge' },
  description: 'Open a link, draw together, come back later: everything is still there.',
  applicationName: 'Drawbridge',
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  // What is fixed to the bottom of the window stays above the keys of a phone.
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f6f1' },
    { media: '(prefers-color-scheme: dark)', color: '#14171a' },
  ],
}

/** Every page is made for its request: its scripts run only with the nonce of that answer (`server/http`). */
const RootLayout = async ({ children }: { children: ReactNode }) => (
  <html lang="en" suppressHydrationWarning>
    <head>
      {/* Not async: it must run before the first paint. */}
      <script
        src="/theme.js"
        nonce={(await headers()).get('x-nonce') ?? undefined}
        suppressHydrationWarning
      />
    </head>
    <body>
      {children}
      <Toasts />
      <ThemeKeeper />
      <KeptPages />
    </body>
  </html>
)

export default RootLayout
