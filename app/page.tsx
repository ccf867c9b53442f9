import { CloudOff, Link2, Users } from 'lucide-react'
import Link from 'next/link'
import { currentPerson } from '../server/auth/current-person.ts'
import { BoardIllustration } from './components/board-illustration.tsx'
import { SiteHeader } from './components/site-header.tsx'
import { StartDrawing } from './components/start-drawing.tsx'
import { textLink } from './components/ui/text-link.ts'

const POINTS = [
  {
    Icon: Users,
    title: 'Together, live',
    text: 'See every cursor and every shape while it is being drawn. Follow somebody with one click.',
  },
  {
    Icon: Link2,
    title: 'One link is enough',
    text: 'Send it and choose: may draw, or may look. Nobody needs an account to join.',
  },
  {
    Icon: CloudOff,
    title: 'Nothing gets lost',
    text: 'No network? Keep drawing. It is kept on your device and joins the rest when you are back.',
  },
] as const

const StartPage = async () => {
  const person = await currentPerson()
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader person={person} />
      <main className="mx-auto w-full max-w-6xl flex-1 px-4 sm:px-6">
        <section className="grid items-center gap-10 py-8 sm:py-12 lg:grid-cols-[1fr_1.1fr] lg:gap-14 lg:py-16">
          <div>
            <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
              A whiteboard with the bridge down.
            </h1>
            <p className="text-soft mt-5 max-w-md text-lg text-pretty">
              Open a board, send the link, draw together. Come back later: everything is still there.
            </p>
            <div className="mt-8">
              <StartDrawing signedIn={person !== null} />
            </div>
            <p className="text-faint mt-4 text-sm">
              {person ? (
                <>
                  You are here as {person.name}.{' '}
                  <Link href="/boards" className={textLink}>
                    Your boards
                  </Link>
                </>
              ) : (
                'Free, and no account needed.'
              )}
            </p>
          </div>
          <BoardIllustration />
        </section>
        <section
          aria-label="What it does"
          className="border-line grid gap-8 border-t py-10 sm:grid-cols-3 sm:py-12"
        >
          {POINTS.map(({ Icon, title, text }) => (
            <div key={title}>
              <span className="bg-accent-soft text-accent-deep flex size-10 items-center justify-center rounded-xl">
                <Icon aria-hidden className="size-5" />
              </span>
              <h2 className="mt-4 text-lg font-semibold">{title}</h2>
              <p className="text-soft mt-1 text-pretty">{text}</p>
            </div>
          ))}
        </section>
      </main>
    </div>
  )
}

export default StartPage
