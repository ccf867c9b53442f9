import type { RoomStorage } from '../sync/ports.ts'

/** What a share link lets people do. */
export type LinkRole = 'viewer' | 'editor'

export interface PersonRow {
  readonly id: string
  readonly name: string
  /** Null for guests. */
  readonly email: string | null
  readonly passwordHash: string | null
  readonly sessionVersion: number
}

export interface BoardRow {
  readonly id: string
  readonly ownerId: string
  readonly title: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly deletedAt: Date | null
}

export interface LinkRow {
  readonly id: string
  readonly boardId: string
  readonly role: LinkRole
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

/** A board in somebody's list, and through what it is there. */
export interface ListedBoard extends BoardRow {
  readonly ownerName: string
  /** Null when the person owns it. */
  readonly linkRole: LinkRole | null
}

export interface People {
  find(id: string): Promise<PersonRow | null>
  findByEmail(email: string): Promise<PersonRow | null>
  createGuest(name: string): Promise<PersonRow>
  /** @throws EmailTakenError */
  createAccount(account: { name: string; email: string; passwordHash: string }): Promise<PersonRow>
  /**
   * Gives a guest an account under the same id, so that all that is theirs stays theirs. The guest's sessions end: somebody
   * else may have brought one of them into this browser. @throws EmailTakenError
   */
  claimGuest(
    guestId: string,
    account: { name: string; email: string; passwordHash: string },
  ): Promise<PersonRow>
  /** Moves a guest's boards, link visits and pictures to `personId` and removes the guest, in one transaction. Does nothing when `guestId` is no guest. */
  mergeGuest(guestId: string, personId: string): Promise<void>
  rename(id: string, name: string): Promise<void>
  /**
   * Puts a new password in place of `known` and ends all sessions, in one step. Null when the password is another one by now,
   * or the person is gone.
   */
  setPassword(id: string, hashes: { known: string; next: string }): Promise<PersonRow | null>
  /** Ends all sessions of the person. */
  endSessions(id: string): Promise<void>
  /**
   * Removes the person and their boards, with all that hangs on them, in one transaction; the ids of those boards. What they
   * drew on boards of others stays: no version names them any more, pictures there are charged to nobody, and the client ids
   * they drew under stay taken, or somebody could write as the device that they left.
   */
  remove(id: string): Promise<string[]>
}

export interface Boards {
  /** Boards in the bin are found too: look at `deletedAt`. */
  find(id: string): Promise<BoardRow | null>
  create(board: { ownerId: string; title: string }): Promise<BoardRow>
  /**
   * A new board with `document` (a whole Yjs v1 state) as its first snapshot and the pictures of the board `picturesOf`, in
   * one transaction.
   */
  createWith(
    board: { ownerId: string; title: string },
    document: Uint8Array,
    picturesOf?: string,
  ): Promise<BoardRow>
  rename(id: string, title: string): Promise<void>
  /** Notes that people worked on these boards at `at`. */
  touch(ids: readonly string[], at: Date): Promise<void>
  setDeleted(id: string, deletedAt: Date | null): Promise<void>
  /** What a person has in the bin, last deleted first, at most so many. */
  listDeleted(personId: string, limit: number): Promise<BoardRow[]>
  /** Ids of boards that were put into the bin before `before`, at most so many. */
  deletedBefore(before: Date, limit: number): Promise<string[]>
  /** Removes a board that is in the bin, and all that hangs on it; false when it is not there. */
  removeDeleted(id: string): Promise<boolean>
  /**
   * Boards that the person owns or that a living link which they visited leads to, without those in the bin, newest
   * `updatedAt` first, ties by id; each board once, the strongest reason wins. `after` is the last row of the page before.
   */
  listFor(
    personId: string,
    page: { limit: number; after?: { updatedAt: Date; id: string } },
  ): Promise<ListedBoard[]>
}

export interface Links {
  find(id: string): Promise<LinkRow | null>
  create(link: { boardId: string; role: LinkRole; expiresAt: Date | null }): Promise<LinkRow>
  /** Living and dead, newest first. */
  listFor(boardId: string): Promise<LinkRow[]>
  /** Idempotent; false when that board has no such link. */
  revoke(boardId: string, linkId: string, at: Date): Promise<boolean>
  /** Remembers that the person came through the link. */
  visit(linkId: string, boardId: string, personId: string, at: Date): Promise<void>
  /** The links to this board that the person came through, living or dead. */
  visitedBy(boardId: string, personId: string): Promise<LinkRow[]>
}

/** Sessions that people signed out of. */
export interface Sessions {
  /** Ends a session. From `expiresAt` on its cookies are worth nothing by themselves, and this may be forgotten. */
  end(sessionId: string, expiresAt: Date): Promise<void>
  hasEnded(sessionId: string): Promise<boolean>
}

/** That a picture belongs to a board. */
export interface AssetRow {
  readonly boardId: string
  /** SHA-256 of its bytes, hex. */
  readonly hash: string
  /** As it was found out by reading it, never as somebody said. */
  readonly type: string
  readonly bytes: number
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Null where nobody's account is charged: on copies of boards, and when the person is gone. */
  readonly createdBy: string | null
  readonly createdAt: Date
}

export type NewAsset = Omit<AssetRow, 'createdBy' | 'createdAt'> & { readonly createdBy: string }

/** Bytes of pictures. */
export interface AssetUse {
  readonly board: number
  readonly person: number
}

export type AddedAsset = 'added' | 'board-gone' | 'board-full' | 'person-full'

export interface Assets {
  find(boardId: string, hash: string): Promise<AssetRow | null>
  /** What the board holds, and what the person has brought to all boards. */
  use(boardId: string, personId: string): Promise<AssetUse>
  /** Ties a picture to a board unless that would go beyond a quota, which parallel calls cannot get round. Idempotent. */
  add(asset: NewAsset, quota: AssetUse): Promise<AddedAsset>
  /** Those of the hashes that some board has. */
  needed(hashes: readonly string[]): Promise<ReadonlySet<string>>
}

/** Why a version was made. */
export type VersionReason = 'worked' | 'named' | 'before-restore' | 'before-clearing'

/** What is known of a state of a board that is kept. */
interface VersionFacts {
  readonly boardId: string
  /** What somebody called it; null for those made by themselves. */
  readonly name: string | null
  readonly reason: VersionReason
  readonly createdAt: Date
  /** Null when nobody asked for it, or is gone. */
  readonly createdBy: string | null
  /** Null when nobody has counted. */
  readonly elements: number | null
}

/** A version without its state. */
export interface VersionRow extends VersionFacts {
  readonly id: string
  /** What whoever asked for it is called; null as `createdBy` is. */
  readonly createdByName: string | null
  /** Who wrote since the version before, as far as they are still there. */
  readonly authors: readonly { readonly id: string; readonly name: string }[]
}

export interface NewVersion extends VersionFacts {
  /** Ids of people; those who are gone are left out. */
  readonly authors: readonly string[]
  readonly data: Uint8Array
}

/** What thinning has to know of a version. */
export interface VersionOutline {
  readonly id: string
  readonly name: string | null
  readonly reason: VersionReason
  readonly createdAt: Date
  readonly bytes: number
}

export interface VersionPage {
  readonly limit: number
  /** The last row of the page before. */
  readonly after?: { readonly createdAt: Date; readonly id: string }
  readonly namedOnly?: boolean
}

export interface Versions {
  /** Null when the board is gone. */
  create(version: NewVersion): Promise<VersionRow | null>
  /** Newest first, ties by id. */
  list(boardId: string, page: VersionPage): Promise<VersionRow[]>
  find(boardId: string, id: string): Promise<VersionRow | null>
  /** The state as it was given to `create`; null when there is no such version. @throws DamagedSnapshotError */
  read(boardId: string, id: string): Promise<Uint8Array | null>
  /** A version that is no longer called anything is thinned with the others. False when there is no such version. */
  rename(boardId: string, id: string, name: string | null): Promise<boolean>
  /** Returns how many there were. */
  remove(boardId: string, ids: readonly string[]): Promise<number>
  /** All versions of a board, newest first. */
  outline(boardId: string): Promise<VersionOutline[]>
  /** Boards that have versions, by id, after the given one. */
  boardsWithVersions(after: string, limit: number): Promise<string[]>
}

/** All that the server keeps. The only door to the database. */
export interface Store {
  readonly provider: 'sqlite' | 'postgresql'
  readonly people: People
  readonly sessions: Sessions
  readonly boards: Boards
  readonly links: Links
  readonly rooms: RoomStorage
  readonly assets: Assets
  readonly versions: Versions
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * The e-mail address belongs to an account already. Route handlers are bundled apart from the store and have a class of
 * their own by this name: `instanceof` goes by the name.
 */
export class EmailTakenError extends Error {
  override readonly name = 'EmailTakenError'
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'EmailTakenError'
  }
}
