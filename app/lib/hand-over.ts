import { createDeviceStore } from './device-store.ts'

/** Files that were dropped on the list of boards, on their way to the board that was made for them. */
const store = () => createDeviceStore('drawbridge-hand-over')

/** Tells the next page, before it has opened any database, that something waits for it. */
const MARK = 'drawbridge.hand-over'

/** Bytes and not Files: some browsers lose those that they keep. */
interface Row {
  readonly name: string
  readonly type: string
  readonly bytes: ArrayBuffer
}

export const handOver = async (boardId: string, files: readonly File[]): Promise<void> => {
  const rows: Row[] = []
  for (const file of files) rows.push({ name: file.name, type: file.type, bytes: await file.arrayBuffer() })
  await store().set(boardId, rows)
  sessionStorage.setItem(MARK, boardId)
}

export const isAwaited = (boardId: string): boolean => {
  try {
    return sessionStorage.getItem(MARK) === boardId
  } catch {
    return false
  }
}

const isRow = (value: unknown): value is Row => {
  const { name, type, bytes } = (value ?? {}) as Partial<Row>
  return typeof name === 'string' && typeof type === 'string' && bytes instanceof ArrayBuffer
}

/** The files that wait for this board; they are handed over once. */
export const takeOver = async (boardId: string): Promise<readonly File[]> => {
  sessionStorage.removeItem(MARK)
  const rows = await store().get(boardId)
  await store().remove(boardId)
  return Array.isArray(rows)
    ? rows.filter(isRow).map(({ name, type, bytes }) => new File([bytes], name, { type }))
    : []
}
