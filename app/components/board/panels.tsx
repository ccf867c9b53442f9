'use client'

import {
  type ComponentType,
  createContext,
  type LazyExoticComponent,
  type ReactNode,
  Suspense,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { type InterfaceAction, matchShortcut } from '../../../whiteboard/index.ts'
import { keepPanels, recallPanels } from '../../lib/kept-panels.ts'
import { turnTheme } from '../../lib/theme.ts'
import { Coming } from '../ui/coming.tsx'
import { late } from '../ui/late.ts'
import { UntilEnded } from './ended.tsx'
import { type OpenBoard, useOpenBoard } from './session-context.tsx'

/** What a panel gets; it stays mounted once it was opened, so that it can close in its own time. */
export interface PanelProps {
  readonly open: boolean
  readonly close: () => void
}

type Panel =
  | { readonly type: 'panel'; readonly Panel: LazyExoticComponent<ComponentType<PanelProps>> }
  | { readonly type: 'action'; readonly run: (board: OpenBoard) => void }

const panel = (load: () => Promise<{ default: ComponentType<PanelProps> }>): Panel => ({
  type: 'panel',
  Panel: late(load),
})

/** Puts the focus on what is chosen in a section of the style panel, from where arrows and Tab lead on. */
const toStyle = (name: string): Panel => ({
  type: 'action',
  run: () => void import('../../lib/regions.ts').then(({ focusStyle }) => focusStyle(name)),
})

const toPanel = (by: 1 | -1): Panel => ({
  type: 'action',
  run: () => void import('../../lib/regions.ts').then(({ focusRegion }) => focusRegion(by)),
})

/** What each interface action opens or does; all of it is fetched when it is first wanted. */
const panels: Readonly<Record<InterfaceAction, Panel>> = {
  'open-file': {
    type: 'action',
    run: (board) => void import('./files/import-flow.ts').then(({ chooseFiles }) => chooseFiles(board)),
  },
  'save-file': {
    type: 'action',
    run: (board) => void import('./files/export-save.ts').then(({ saveAsFile }) => saveAsFile(board)),
  },
  export: panel(() => import('./files/export-dialog.tsx')),
  history: panel(() => import('./history/history-panel.tsx')),
  library: panel(() => import('./files/library-panel.tsx')),
  palette: panel(() => import('./palette.tsx')),
  link: panel(() => import('./link-panel.tsx')),
  'copy-element-link': {
    type: 'action',
    run: (board) => void import('./follow-link.ts').then(({ copyElementLink }) => copyElementLink(board)),
  },
  background: panel(() => import('./background-panel.tsx')),
  present: panel(() => import('./presentation.tsx')),
  theme: { type: 'action', run: turnTheme },
  find: panel(() => import('./find.tsx')),
  minimap: panel(() => import('./minimap.tsx')),
  numbers: panel(() => import('./numbers-panel.tsx')),
  'pick-stroke': toStyle('stroke'),
  'pick-fill': toStyle('fill'),
  'pick-font': toStyle('font'),
  eyedropper: {
    type: 'action',
    run: ({ session }) =>
      void import('./eyedropper.ts').then(({ pickIntoStyle }) => pickIntoStyle(session.editor)),
  },
  'next-panel': toPanel(1),
  'previous-panel': toPanel(-1),
  help: panel(() => import('./help-dialog.tsx')),
}

interface Panels {
  readonly open: ReadonlySet<InterfaceAction>
  /** Opens a panel (or closes it, if it is open) or does what the action is. */
  readonly act: (name: InterfaceAction) => void
  readonly close: (name: InterfaceAction) => void
}

const PanelsContext = createContext<Panels | null>(null)

/** The board's dialogs and side panels, by name. */
export const usePanels = (): Panels => {
  const found = use(PanelsContext)
  if (!found) throw new Error('Only inside the panels of a board')
  return found
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Keys of interface actions work wherever the focus is; while typing, only those that write nothing. */
const useKeys = (act: (name: InterfaceAction) => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const writes = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
      if (writes && isTyping(event.target)) return
      const action = matchShortcut(event)?.action
      if (action?.type !== 'interface') return
      event.preventDefault()
      act(action.name)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [act])
}

/** Panels that one types into at once. */
const TYPED: ReadonlySet<InterfaceAction> = new Set(['palette', 'find', 'link'])

/** Panels at the same place: one that is opened takes it over. */
const SIDE: ReadonlySet<InterfaceAction> = new Set(['background', 'library', 'history'])

/** What is open once `name` was asked for: it closes what is open already. */
const turned = (open: ReadonlySet<InterfaceAction>, name: InterfaceAction): ReadonlySet<InterfaceAction> => {
  const others = [...open].filter((each) => each !== name && !(SIDE.has(name) && SIDE.has(each)))
  return new Set(open.has(name) ? others : [...others, name])
}

/** Holds which panels are open, shows them, and gives everything inside `usePanels`. */
export const PanelHost = ({ children }: { children: ReactNode }) => {
  const board = useOpenBoard()
  const [open, setOpen] = useState<ReadonlySet<InterfaceAction>>(() => new Set(recallPanels()))
  const [wanted, setWanted] = useState(open)
  useEffect(() => keepPanels(open), [open])
  const close = useCallback(
    (name: InterfaceAction) => setOpen((before) => new Set([...before].filter((each) => each !== name))),
    [],
  )
  const act = useCallback(
    (name: InterfaceAction) => {
      const chosen = panels[name]
      if (chosen.type === 'action') {
        chosen.run(board)
        return
      }
      setWanted((before) => (before.has(name) ? before : new Set([...before, name])))
      setOpen((before) => turned(before, name))
    },
    [board],
  )
  useKeys(act)
  const value = useMemo(() => ({ open, act, close }), [open, act, close])
  return (
    <PanelsContext value={value}>
      {children}
      <UntilEnded>
        {[...wanted].map((name) => {
          const chosen = panels[name]
          if (chosen.type !== 'panel') return null
          const leave = () => close(name)
          return (
            <Suspense
              key={name}
              fallback={open.has(name) && <Coming leave={leave} typed={TYPED.has(name)} />}
            >
              <chosen.Panel open={open.has(name)} close={leave} />
            </Suspense>
          )
        })}
      </UntilEnded>
    </PanelsContext>
  )
}
