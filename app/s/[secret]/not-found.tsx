import { MessagePage } from '../../components/message-page.tsx'
import { PageLink } from '../../components/ui/button.tsx'

/** For links that were taken back, ran out or never were: all look alike. */
const DeadLink = () => (
  <MessagePage
    title="This link does not work any more"
    actions={
      <PageLink href="/" look="primary">
        Start page
      </PageLink>
    }
  >
    It was taken back, or it is not complete. Ask the person who sent it for a new one.
  </MessagePage>
)

export default DeadLink
