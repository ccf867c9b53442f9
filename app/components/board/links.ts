import { useEffect } from 'react'
import { type OpenBoard, useLoaded, useOpenBoard } from './session-context.tsx'

const showPlace = async (address: string, board: OpenBoard): Promise<void> =>
  (await import('./follow-link.ts')).showPlace(address, board)

/**
 * Places on this board are shown here, everything else in a page of its own that learns nothing of this one: at once, while
 * the browser still knows that a person asked for it.
 */
const follow = (address: string, board: OpenBoard): void => {
  if (address.startsWith(`${location.origin}/b/${board.id}#`)) void showPlace(address, board)
  else window.open(address, '_blank', 'noopener,noreferrer')
}

/** Follows links of elements, and shows the element that the page's own address points at. */
export const useLinks = (): void => {
  const board = useOpenBoard()
  const loaded = useLoaded()
  useEffect(() => board.session.editor.onLink((address) => follow(address, board)), [board])
  useEffect(() => {
    if (!loaded) return
    const show = () => {
      if (location.hash.length > 1) void showPlace(location.href, board)
    }
    show()
    window.addEventListener('hashchange', show)
    return () => window.removeEventListener('hashchange', show)
  }, [board, loaded])
}
