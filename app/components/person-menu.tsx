'use client'

import { Menu } from '@base-ui/react/menu'
import { LayoutGrid, LogIn, LogOut, UserPlus, UserRoundCog } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { wordsFor } from '../lib/api.ts'
import { initials } from '../lib/initials.ts'
import { signOut } from '../lib/sign-in.ts'
import { menuItem, menuPopup, menuSeparator } from './ui/menu.ts'
import { notify } from './ui/toasts.tsx'

/** Who you are, and what you can do about it. */
export const PersonMenu = ({ person }: { person: { name: string; isGuest: boolean } }) => {
  const router = useRouter()
  const leave = async () => {
    try {
      await signOut()
      router.push('/')
      router.refresh()
    } catch (failure) {
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Your account: ${person.name}`}
        data-initials={initials(person.name)}
        className="button initials bg-accent-soft text-accent-deep hover:ring-line-strong ml-1 size-10 rounded-full! text-sm hover:ring-2"
      />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-40 outline-none">
          <Menu.Popup className={menuPopup}>
            <div className="max-w-60 px-2.5 py-2">
              <p className="truncate font-medium">{person.name}</p>
              <p className="text-faint text-xs">{person.isGuest ? 'Guest in this browser' : 'Signed in'}</p>
            </div>
            <div className={menuSeparator} />
            <Menu.Item className={menuItem} render={<Link href="/boards" />}>
              <LayoutGrid aria-hidden className="text-soft size-4.5" /> Your boards
            </Menu.Item>
            <Menu.Item className={menuItem} render={<Link href="/account" prefetch={false} />}>
              <UserRoundCog aria-hidden className="text-soft size-4.5" /> Your account
            </Menu.Item>
            <div className={menuSeparator} />
            {person.isGuest ? (
              <>
                <Menu.Item className={menuItem} render={<Link href="/register" />}>
                  <UserPlus aria-hidden className="text-soft size-4.5" /> Create an account
                </Menu.Item>
                <Menu.Item className={menuItem} render={<Link href="/signin" />}>
                  <LogIn aria-hidden className="text-soft size-4.5" /> Sign in
                </Menu.Item>
              </>
            ) : (
              <Menu.Item className={menuItem} onClick={leave}>
                <LogOut aria-hidden className="text-soft size-4.5" /> Sign out
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
