import { createHash } from 'node:crypto'

/** SHA-256 of the content, hex. */
export type AssetHash = string

export const hashOf = (bytes: Uint8Array): AssetHash => createHash('sha256').update(bytes).digest('hex')

/** Whether a text from outside could name an asset; nothing else ever becomes part of a path. */
export const isAssetHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

export interface OpenAsset {
  readonly bytes: number
  /** Must be read to its end or cancelled. */
  readonly content: ReadableStream<Uint8Array>
}

/** Where the bytes of pictures are kept, once by content. Knows no boards and no people. */
export interface AssetStore {
  /** Resolves when the bytes would survive a crash. Idempotent; the same content counts as put just now. */
  put(bytes: Uint8Array): Promise<AssetHash>
  /** Null when there is no such content. */
  open(hash: AssetHash): Promise<OpenAsset | null>
  /**
   * Removes contents that were last put before `before` and are not needed, and what broken-off puts left behind. `needed`
   * is asked about some at a time. Resolves with how many were removed.
   */
  sweep(
    before: Date,
    needed: (hashes: readonly AssetHash[]) => Promise<ReadonlySet<AssetHash>>,
  ): Promise<number>
}
