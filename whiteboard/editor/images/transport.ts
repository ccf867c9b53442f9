import type { AssetId } from '../../model/surface.ts'

/** What became of an upload. */
export type UploadAnswer =
  | { readonly type: 'stored'; readonly asset: AssetId }
  /** A final no, in words for the person. */
  | { readonly type: 'refused'; readonly message: string }
  /** Nobody could be asked, or not now: worth another try. */
  | { readonly type: 'later' }

/** The way of pictures to and from the server; the engine itself knows no addresses. None of it rejects but the loads. */
export interface AssetTransport {
  readonly boardId: string
  /** A picture of this board, or of another that the person may see; null when there is none, rejects when nobody answers. */
  load(asset: AssetId, boardId?: string): Promise<Blob | null>
  /** @param onProgress told which part has been sent, 0 to 1 */
  upload(picture: Blob, onProgress: (part: number) => void): Promise<UploadAnswer>
}
