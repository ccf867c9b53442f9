'use client'

import { ErrorReference, type Failure } from './components/error-reference.tsx'
import { MessagePage } from './components/message-page.tsx'
import { Button, PageLink } from './components/ui/button.tsx'

const ErrorPage = ({ error, reset }: { error: Failure; reset: () => void }) => (
  <MessagePage
    title="That did not work"
    actions={
      <>
        <PageLink href="/">Start page</PageLink>
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      </>
    }
  >
    <p>Something went wrong on our side. What you drew is safe.</p>
    <ErrorReference error={error} />
  </MessagePage>
)

export default ErrorPage
