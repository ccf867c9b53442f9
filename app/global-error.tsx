'use client'

import './globals.css'
import { ErrorReference, type Failure } from './components/error-reference.tsx'
import { MessagePage } from './components/message-page.tsx'
import { Button } from './components/ui/button.tsx'

/** Stands in for the whole document when even the layout failed. */
const GlobalError = ({ error, reset }: { error: Failure; reset: () => void }) => (
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
        <p>Something went wrong on our side. What you drew is safe.</p>
        <ErrorReference error={error} />
      </MessagePage>
    </body>
  </html>
)

export default GlobalError
