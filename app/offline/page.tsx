import type { Metadata } from 'next'
import { MessagePage } from '../components/message-page.tsx'
import { KeptBoards } from './kept-boards.tsx'
import { TryAgain } from './try-again.tsx'

export const metadata: Metadata = { title: 'Offline', robots: { index: false } }

/** Shown in place of any page while the server cannot be reached, so it is the same for everybody. */
const OfflinePage = () => (
  <MessagePage title="The server cannot be reached" actions={<TryAgain />}>
    <p>You seem to be offline, or Drawbridge is down for a moment. This page goes on by itself.</p>
    <KeptBoards />
  </MessagePage>
)

export default OfflinePage
