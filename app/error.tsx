'use client'

import { MessagePage } from './components/message-page.tsx'
import { Button, PageLink } from './components/ui/button.tsx'

const ErrorPage = ({ reset }: { error: Error; reset: () => void }) => (
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
    Something went wrong on our side. What you drew is safe.
  </MessagePage>
)

export default ErrorPage
