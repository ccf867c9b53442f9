import { MessagePage } from '../../components/message-page.tsx'
import { ButtonLink } from '../../components/ui/button.tsx'

/** One page for a board that is gone and for one that belongs to others. */
const NoSuchBoard = () => (
  <MessagePage
    title="There is no such board"
    actions={
      <>
        <ButtonLink href="/">Start page</ButtonLink>
        <ButtonLink href="/boards" look="primary">
          Your boards
        </ButtonLink>
      </>
    }
  >
    It was deleted, or it is not shared with you. If somebody sent you a link, open that link again.
  </MessagePage>
)

export default NoSuchBoard
