import { type BoardPage, boardPath, call, type ShareLink } from './api.ts'

/** What people do with boards as a whole, over our own HTTP interface. Every call throws `ApiFailure` and nothing else. */
export const boardsApi = {
  createBoard: () => call<{ id: string; title: string; url: string }>('POST', '/api/boards', {}),
  listBoards: (cursor?: string) =>
    call<BoardPage>('GET', `/api/boards${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
  deleteBoard: (id: string) => call<null>('DELETE', boardPath(id)),
  restoreBoard: (id: string) => call<unknown>('POST', boardPath(id, '/restore')),
  duplicateBoard: (id: string) => call<{ id: string; title: string }>('POST', boardPath(id, '/duplicate')),
  listLinks: async (id: string): Promise<readonly ShareLink[]> => {
    const { links } = await call<{ links: readonly ShareLink[] }>('GET', boardPath(id, '/links'))
    return links
  },
  createLink: (id: string, wish: Pick<ShareLink, 'role' | 'expiresAt'>) =>
    call<ShareLink>('POST', boardPath(id, '/links'), wish),
  revokeLink: (id: string, linkId: string) =>
    call<null>('DELETE', boardPath(id, `/links/${encodeURIComponent(linkId)}`)),
}
