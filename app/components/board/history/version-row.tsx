import { Menu } from '@base-ui/react/menu'
import {
  Bookmark,
  BookmarkX,
  Copy,
  EllipsisVertical,
  LifeBuoy,
  Pencil,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { identityColor } from '../../../../whiteboard/index.ts'
import type { Version } from '../../../lib/versions.ts'
import { menuDangerItem, menuItem, menuPopup, menuSeparator } from '../../ui/menu.ts'
import { Avatar } from '../people/avatar.tsx'
import { authorWords, countWords, reasonWords, timeWords } from './words.ts'

/** Faces beside a version; who else wrote is in the words for readers of the screen. */
const FACES = 3

export interface RowActions {
  readonly show: (version: Version) => void
  readonly name: (version: Version) => void
  readonly takeName: (version: Version) => void
  readonly copy: (version: Version) => void
  /** Only for the owner of the board. */
  readonly remove: ((version: Version) => void) | null
}

const RowMenu = ({ version, actions }: { version: Version; actions: RowActions }) => {
  const icon = 'text-soft size-4.5'
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`What to do with the version of ${timeWords(version.createdAt)}`}
        className="button text-soft hover:bg-pressed hover:text-ink data-popup-open:bg-pressed size-9 shrink-0 pointer-coarse:size-11"
      >
        <EllipsisVertical aria-hidden className="size-4.5" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40 outline-none">
          <Menu.Popup className={menuPopup}>
            <Menu.Item className={menuItem} onClick={() => actions.name(version)}>
              <Pencil aria-hidden className={icon} /> {version.name === null ? 'Name' : 'Rename'}
            </Menu.Item>
            {version.name !== null && (
              <Menu.Item className={menuItem} onClick={() => actions.takeName(version)}>
                <BookmarkX aria-hidden className={icon} /> Take the name away
              </Menu.Item>
            )}
            <Menu.Item className={menuItem} onClick={() => actions.copy(version)}>
              <Copy aria-hidden className={icon} /> Copy to a new board
            </Menu.Item>
            {actions.remove && (
              <>
                <div className={menuSeparator} />
                <Menu.Item className={menuDangerItem} onClick={() => actions.remove?.(version)}>
                  <Trash2 aria-hidden className="size-4.5" /> Remove
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

const Sign = ({ version }: { version: Version }) => {
  const look = 'size-4 shrink-0'
  if (version.name !== null) return <Bookmark aria-hidden className={`${look} text-accent fill-current`} />
  if (version.reason === 'before-clearing') return <LifeBuoy aria-hidden className={`${look} text-wood`} />
  if (version.reason === 'before-restore') return <RotateCcw aria-hidden className={`${look} text-faint`} />
  return <span aria-hidden className="bg-line-strong mx-1 size-2 shrink-0 rounded-full" />
}

interface RowProps {
  readonly version: Version
  readonly shown: boolean
  readonly actions: RowActions
}

/** One version: when it was, what it is called, who worked on it. */
export const VersionRow = ({ version, shown, actions }: RowProps) => {
  const { name, authors, elements, createdAt } = version
  const time = timeWords(createdAt)
  const details = [
    name === null ? reasonWords(version) : time,
    elements === null ? null : countWords(elements),
  ].filter((part) => part !== null)
  return (
    <li
      className={`flex items-center rounded-lg pr-0.5 ${shown ? 'bg-accent-soft' : 'hover:bg-hover focus-within:bg-hover'}`}
    >
      <button
        type="button"
        data-version={version.id}
        aria-current={shown ? 'true' : undefined}
        onClick={() => actions.show(version)}
        className="flex min-h-12 min-w-0 flex-1 items-center gap-2.5 rounded-lg py-1.5 pl-2 text-left focus-visible:-outline-offset-2"
      >
        <Sign version={version} />
        <span className="min-w-0 flex-1">
          <span title={name ?? time} className="block truncate text-sm font-medium">
            {name ?? time}
          </span>
          <span title={details.join(' · ')} className="text-soft block truncate text-xs">
            {details.join(' · ')}
          </span>
          {authors.length > 0 && <span className="sr-only">by {authorWords(authors)}</span>}
        </span>
        <span aria-hidden title={authorWords(authors)} className="flex shrink-0 -space-x-2">
          {authors.slice(0, FACES).map(({ id, name: author }) => (
            <span key={id} className="origin-right scale-80">
              <Avatar name={author || '?'} color={identityColor(id)} stacked />
            </span>
          ))}
        </span>
      </button>
      <RowMenu version={version} actions={actions} />
    </li>
  )
}
