import { inspectImage } from '../../whiteboard/formats/images/inspect.ts'
import type { CleanImage, ImageFlaw } from '../../whiteboard/formats/images/types.ts'
import { requireAccess } from '../boards/boards.ts'
import type { BoardsContext } from '../boards/context.ts'
import { boardNotFound, Refusal } from '../boards/refusal.ts'
import type { AddedAsset, AssetRow, AssetUse } from '../store/types.ts'
import { type AssetStore, isAssetHash, type OpenAsset } from './asset-store.ts'
import type { Intake, NotTaken } from './intake.ts'
import { assetLimits } from './limits.ts'

/** What the use cases of pictures work with. */
export interface AssetsContext extends BoardsContext {
  readonly assets: AssetStore
  readonly intake: Intake
  /** Bytes. */
  readonly quota: AssetUse
}

/** A body as it comes in. */
export interface Upload {
  readonly body: ReadableStream<Uint8Array> | null
  /** The length that the client declared, or 0: believed only when it is too much. */
  readonly declared: number
}

const FLAWS: Record<ImageFlaw, string> = {
  'no-image': 'That is no picture that boards can show: PNG, JPEG and WebP are.',
  damaged: 'That picture is damaged or not complete.',
  'too-many-pixels': 'That picture has too many pixels: at most 40 million, and 16384 on each side.',
  animated: 'Moving pictures cannot be put on a board.',
}

const FULL: Record<Exclude<AddedAsset, 'added' | 'board-gone'>, string> = {
  'board-full': 'This board holds as many pictures as it can. Remove its pictures or use another board.',
  'person-full': 'You have brought as many pictures as one person can.',
}

const NOT_TAKEN: Record<NotTaken, () => Refusal> = {
  'too-large': () =>
    new Refusal('too-large', `A picture may have at most ${assetLimits.picture / 1024 ** 2} MB.`),
  'too-many': () =>
    new Refusal('too-many', 'Too many pictures at once. Wait for the others to arrive and try again.'),
  'too-busy': () =>
    new Refusal('unavailable', 'Too many pictures are arriving just now. Try again in a moment.'),
}

const cleaned = (bytes: Uint8Array): CleanImage => {
  const inspected = inspectImage(bytes)
  if (inspected.ok) return inspected.image
  throw new Refusal('invalid', FLAWS[inspected.flaw])
}

const refuseUnless = (added: AddedAsset): void => {
  if (added === 'board-gone') throw boardNotFound()
  if (added !== 'added') throw new Refusal('full', FULL[added])
}

/** Before anything is written, so that what does not fit is not kept until the sweeper comes. */
const checkQuota = async (context: AssetsContext, boardId: string, personId: string, bytes: number) => {
  const use = await context.store.assets.use(boardId, personId)
  if (use.board + bytes > context.quota.board) refuseUnless('board-full')
  if (use.person + bytes > context.quota.person) refuseUnless('person-full')
}

type NewPicture = Pick<AssetRow, 'hash' | 'type' | 'width' | 'height'>

const keep = async (
  context: AssetsContext,
  personId: string,
  boardId: string,
  bytes: Uint8Array,
): Promise<NewPicture> => {
  const image = cleaned(bytes)
  const { type, width, height } = image
  await checkQuota(context, boardId, personId, image.bytes.length)
  const hash = await context.assets.put(image.bytes)
  const row = { boardId, hash, type, bytes: image.bytes.length, width, height, createdBy: personId }
  refuseUnless(await context.store.assets.add(row, context.quota))
  // From here on a sweep finds the row. Had one been about to remove the same bytes, they are brought back.
  await context.assets.put(image.bytes)
  return { hash, type, width, height }
}

/**
 * Puts a picture among those of a board.
 *
 * @throws Refusal `not-found`, `not-allowed`, `invalid` when it is no picture, `too-large`, `too-many`, `unavailable`, `full`
 */
export const addPicture = async (
  context: AssetsContext,
  personId: string,
  boardId: string,
  { body, declared }: Upload,
): Promise<NewPicture> => {
  await requireAccess(context, personId, boardId, 'edit')
  const taken = await context.intake.take(personId, body, declared, async (bytes) => {
    // Reading may have taken a minute: what the person may do is asked again.
    await requireAccess(context, personId, boardId, 'edit')
    return keep(context, personId, boardId, bytes)
  })
  if (!taken.ok) throw NOT_TAKEN[taken.reason]()
  return taken.result
}

export interface Picture extends OpenAsset {
  readonly type: string
}

/** One answer for pictures of other boards, guessed ones, and those of boards that the person may not see. */
const noSuchPicture = (): Refusal => new Refusal('not-found', 'There is no such picture on a board of yours.')

/** @throws Refusal `not-found` */
export const openPicture = async (
  context: AssetsContext,
  personId: string,
  boardId: string,
  hash: string,
): Promise<Picture> => {
  const allowed = await requireAccess(context, personId, boardId, 'view').catch((error: unknown) => {
    throw error instanceof Refusal ? noSuchPicture() : error
  })
  const row = isAssetHash(hash) ? await context.store.assets.find(allowed.board.id, hash) : null
  const opened = row && (await context.assets.open(hash))
  if (!row || !opened) throw noSuchPicture()
  if (opened.bytes !== row.bytes) {
    await opened.content.cancel()
    throw noSuchPicture()
  }
  return { ...opened, type: row.type }
}
