import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { assetStoreContract } from '../../test/support/asset-store-contract.ts'
import { createFileAssetStore } from './file-asset-store.ts'

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const open = async () => {
  const data = await mkdtemp(join(tmpdir(), 'drawbridge-assets-'))
  const folder = join(data, 'assets')
  return {
    store: createFileAssetStore(folder),
    reopen: () => createFileAssetStore(folder),
    breakOffPut: async () => {
      await mkdir(join(folder, 'incoming'), { recursive: true })
      await writeFile(join(folder, 'incoming', 'half'), 'half a pic')
    },
    count: async () => (await filesIn(folder)).length,
    close: () => rm(data, { recursive: true, force: true }),
    folder,
  }
}

assetStoreContract('files', open)

it('keeps files for its own user alone, under nothing but their hash', async () => {
  const { store, folder, close } = await open()
  const hash = await store.put(new Uint8Array([1, 2, 3]))
  const [path = ''] = await filesIn(folder)
  expect(path).toBe(join(folder, hash.slice(0, 2), hash.slice(2)))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await close()
})

it('writes anew what was cut short behind its back', async () => {
  const { store, folder, close } = await open()
  const hash = await store.put(new Uint8Array([1, 2, 3]))
  const [path = ''] = await filesIn(folder)
  await writeFile(path, 'x')
  await store.put(new Uint8Array([1, 2, 3]))
  const opened = await store.open(hash)
  expect(opened && new Uint8Array(await new Response(opened.content).arrayBuffer())).toEqual(
    new Uint8Array([1, 2, 3]),
  )
  await close()
})
