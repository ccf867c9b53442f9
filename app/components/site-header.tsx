import Link from 'next/link'
import { Mark, Wordmark } from './brand.tsx'
import { PersonMenu } from './person-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { ButtonLink } from './ui/button-link.tsx'

export interface HeaderPerson {
  readonly name: string
  readonly isGuest: boolean
}

/** The top of every page but the board. */
export const SiteHeader = ({ person }: { person: HeaderPerson | null }) => (
  <header className="mx-auto flex h-18 w-full max-w-6xl items-center gap-1 px-4 sm:px-6">
    <Link href="/" aria-label="Drawbridge, start page" className="-m-1 mr-auto rounded-lg p-1">
      <span className="hidden sm:block">
        <Wordmark />
      </span>
      <span className="sm:hidden">
        <Mark className="size-9" />
      </span>
    </Link>
    {person ? (
      <>
        <ButtonLink look="quiet" href="/boards">
          Your boards
        </ButtonLink>
        <ThemeMenu />
        <PersonMenu person={person} />
      </>
    ) : (
      <>
        <ButtonLink look="quiet" href="/signin">
          Sign in
        </ButtonLink>
        <ThemeMenu />
      </>
    )}
  </header>
)
