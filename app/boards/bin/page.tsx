import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentPerson } from '../../../server/auth/current-person.ts'
import { SiteHeader } from '../../components/site-header.tsx'
import { BinList } from './bin-list.tsx'

export const metadata: Metadata = { title: 'Bin' }

const BinPage = async () => {
  const person = await currentPerson()
  if (!person) redirect('/boards')
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader person={person} />
      <BinList />
    </div>
  )
}

export default BinPage
