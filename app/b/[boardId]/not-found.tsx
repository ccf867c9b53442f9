import { MessagePage } from '../../components/message-page.tsx'
import { PageLink } from '../../components/ui/button.tsx'

/** One page for a board that is gone and for one that belongs to others. */
const NoSuchBoard = () => (
  <MessagePage
    title="There is no such board"
    actions={
      <>
        <PageLink href="/">Start page</PageLink>
        <PageLink href="/boards" look="primary">
          Your boards
        </PageLink>
      </>
    }
  >
    It was deleted, or it is not shared with you. If somebody sent you a link, open that link again.
  </MessagePage>
)

export default NoSuchBoard
