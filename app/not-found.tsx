import { MessagePage } from './components/message-page.tsx'
import { PageLink } from './components/ui/button.tsx'

const NotFound = () => (
  <MessagePage
    title="There is nothing here"
    actions={
      <>
        <PageLink href="/boards">Your boards</PageLink>
        <PageLink href="/" look="primary">
          Start page
        </PageLink>
      </>
    }
  >
    The address may be wrong, or what was here is gone.
  </MessagePage>
)

export default NotFound
