import { ApiFailure, boardPath, call, request } from './api.ts'

/** A kept state of a board, as the list shows it. */
export interface Version {
  readonly id: string
  /** Null where nobody has given it one. */
  readonly name: string | null
  readonly reason: 'worked' | 'named' | 'before-restore' | 'before-clearing'
  /** ISO 8601. */
  readonly createdAt: string
  /** Who asked for it; null when it came by itself, or they are gone. */
  readonly createdBy: { readonly id: string; readonly name: string } | null
  readonly elements: number | null
  readonly authors: readonly { readonly id: string; readonly name: string }[]
}

export interface VersionPage {
  readonly versions: readonly Version[]
  readonly nextCursor: string | null
}

const path = (boardId: string, versionId: string, rest = ''): string =>
  boardPath(boardId, `/versions/${encodeURIComponent(versionId)}${rest}`)

/** What was sent compressed, as a whole. */
const unpacked = async ({ body }: Response): Promise<Uint8Array> => {
  const plain = body?.pipeThrough(new DecompressionStream('gzip'))
  const bytes = await new Response(plain ?? null).arrayBuffer().catch(() => null)
  if (!bytes) throw new ApiFailure(0, 'unreadable', 'The version did not arrive as a whole. Try again.')
  return new Uint8Array(bytes)
}

/** The history of a board over our own HTTP interface. Every call throws `ApiFailure` and nothing else. */
export const versionsApi = {
  list: (boardId: string, { named, cursor }: { named: boolean; cursor?: string | undefined }) => {
    const query = new URLSearchParams({ ...(named && { named: '1' }), ...(cursor && { cursor }) })
    return call<VersionPage>('GET', boardPath(boardId, `/versions?${query}`))
  },
  state: async (boardId: string, versionId: string): Promise<Uint8Array> => {
    const response = await request('GET', path(boardId, versionId, '/state'))
    return unpacked(response)
  },
  nameCurrent: (boardId: string, name: string) =>
    call<Version>('POST', boardPath(boardId, '/versions'), { name }),
  rename: (boardId: string, versionId: string, name: string | null) =>
    call<Version>('PATCH', path(boardId, versionId), { name }),
  remove: (boardId: string, versionId: string) => call<null>('DELETE', path(boardId, versionId)),
  keepBeforeRestore: (boardId: string, versionId: string) =>
    call<unknown>('POST', path(boardId, versionId, '/restore')),
  copy: (boardId: string, versionId: string) =>
    call<{ id: string; title: string }>('POST', path(boardId, versionId, '/copy')),
}
