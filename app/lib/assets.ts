import type { AssetTransport } from '../../whiteboard/index.ts'

const addressOf = (boardId: string, rest = ''): string =>
  `/api/boards/${encodeURIComponent(boardId)}/assets${rest}`

/** The pictures of a board, over our own HTTP interface. */
export const createAssetTransport = (boardId: string): AssetTransport => ({
  boardId,
  load: async (asset, from = boardId) => {
    const response = await fetch(addressOf(from, `/${asset}`))
    if (response.ok) return response.blob()
    if (response.status === 404) return null
    throw new Error(`The server answered ${response.status}`)
  },
  upload: async (picture, onProgress) => {
    const sending = await import('./send-picture.ts').catch(() => null)
    return sending ? sending.sendPicture(addressOf(boardId), picture, onProgress) : { type: 'later' }
  },
})
