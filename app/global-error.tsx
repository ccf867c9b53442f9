'use client'

import './globals.css'
import { MessagePage } from './components/message-page.tsx'
import { Button } from './components/ui/button.tsx'

/** Stands in for the whole document when even the layout failed. */
const GlobalError = ({ reset }: { error: Error; reset: () => void }) => (
  <html lang="en">
    <body>
      <MessagePage
        title="That did not work"
        actions={
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Something went wrong on our side. What you drew is safe.
      </MessagePage>
    </body>
  </html>
)

export default GlobalError
