import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type AssetHash, type AssetStore, hashOf, isAssetHash, type OpenAsset } from './asset-store.ts'

/** Where files are written before they get their names. */
const INCOMING = 'incoming'
/** How many contents `needed` is asked about at a time. */
const BATCH = 200

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

const orNull = (error: unknown): null => {
  if (isMissing(error)) return null
  throw error
}

/** A rename survives a crash only once the folder is on disk too. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const entriesOf = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(orNull)) ?? []

const streamOf = (handle: FileHandle): ReadableStream<Uint8Array> =>
  Readable.toWeb(handle.createReadStream({ highWaterMark: 256 * 1024 })) as ReadableStream<Uint8Array>

/** Files under `folder`, named by their content: `ab/cdef…`. */
class FileAssetStore implements AssetStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async put(bytes: Uint8Array): Promise<AssetHash> {
    const hash = hashOf(bytes)
    if (!(await this.#refresh(hash, bytes.length))) await this.#write(hash, bytes)
    return hash
  }

  async open(hash: AssetHash): Promise<OpenAsset | null> {
    if (!isAssetHash(hash)) return null
    const handle = await open(this.#pathOf(hash), 'r').catch(orNull)
    if (!handle) return null
    const { size } = await handle.stat()
    return { bytes: size, content: streamOf(handle) }
  }

  async sweep(
    before: Date,
    needed: (hashes: readonly AssetHash[]) => Promise<ReadonlySet<AssetHash>>,
  ): Promise<number> {
    let removed = 0
    for (const { name } of await entriesOf(join(this.#folder, INCOMING))) {
      removed += await this.#removeIfOlder(join(this.#folder, INCOMING, name), before)
    }
    for (const { name } of (await entriesOf(this.#folder)).filter((entry) => entry.isDirectory())) {
      const hashes = (await entriesOf(join(this.#folder, name))).map((file) => name + file.name)
      removed += await this.#sweepSome(hashes.filter(isAssetHash), before, needed)
    }
    return removed
  }

  #pathOf(hash: AssetHash): string {
    return join(this.#folder, hash.slice(0, 2), hash.slice(2))
  }

  /** Whether the content is there already; a sweep under way then leaves it alone. */
  async #refresh(hash: AssetHash, length: number): Promise<boolean> {
    const path = this.#pathOf(hash)
    const found = await stat(path).catch(orNull)
    if (found?.size !== length) return false
    const now = new Date()
    return utimes(path, now, now).then(
      () => true,
      (error: unknown) => orNull(error) !== null,
    )
  }

  async #write(hash: AssetHash, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(hash)
    const target = join(path, '..')
    const temporary = join(this.#folder, INCOMING, randomBytes(12).toString('hex'))
    await mkdir(join(this.#folder, INCOMING), { recursive: true, mode: 0o700 })
    await mkdir(target, { recursive: true, mode: 0o700 })
    try {
      await writeWhole(temporary, bytes)
      await rename(temporary, path)
    } catch (error) {
      await unlink(temporary).catch(orNull)
      throw error
    }
    await syncFolder(target)
    await syncFolder(this.#folder)
  }

  async #sweepSome(
    hashes: readonly AssetHash[],
    before: Date,
    needed: (hashes: readonly AssetHash[]) => Promise<ReadonlySet<AssetHash>>,
  ): Promise<number> {
    let removed = 0
    for (let at = 0; at < hashes.length; at += BATCH) {
      const some = hashes.slice(at, at + BATCH)
      const kept = await needed(some)
      for (const hash of some) {
        // Its age is looked at last: who puts it again meanwhile makes it young, and looks for it once its row is written.
        if (!kept.has(hash)) removed += await this.#removeIfOlder(this.#pathOf(hash), before)
      }
    }
    return removed
  }

  async #removeIfOlder(path: string, before: Date): Promise<0 | 1> {
    const found = await stat(path).catch(orNull)
    if (!found?.isFile() || found.mtime >= before) return 0
    const gone = await unlink(path).then(() => true, orNull)
    return gone ? 1 : 0
  }
}

/** @param folder absolute; made with the first content */
export const createFileAssetStore = (folder: string): AssetStore => new FileAssetStore(folder)
