import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CLOSING_WORD } from '../../server/auth/account.ts'
import { currentAccount } from '../../server/auth/current-person.ts'
import { SiteHeader } from '../components/site-header.tsx'
import { AccountScreen } from './account-screen.tsx'

export const metadata: Metadata = { title: 'Your account' }

const AccountPage = async () => {
  const account = await currentAccount()
  if (!account) redirect('/signin?callbackUrl=%2Faccount')
  const { name, isGuest } = account
  return (
    <AccountScreen
      account={account}
      closingWord={CLOSING_WORD}
      header={<SiteHeader person={{ name, isGuest }} />}
    />
  )
}

export default AccountPage
