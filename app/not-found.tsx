import { MessagePage } from './components/message-page.tsx'
import { ButtonLink } from './components/ui/button.tsx'

const NotFound = () => (
  <MessagePage
    title="There is nothing here"
    actions={
      <>
        <ButtonLink href="/boards">Your boards</ButtonLink>
        <ButtonLink href="/" look="primary">
          Start page
        </ButtonLink>
      </>
    }
  >
    The address may be wrong, or what was here is gone.
  </MessagePage>
)

export default NotFound
