/** A few values kept in this browser under names, larger than `localStorage` takes. Rejects where storage is forbidden. */
export interface DeviceStore {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
}

const STORE = 'values'

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The device database refused a request'))
  })

const open = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return done(request)
}

export const createDeviceStore = (name: string): DeviceStore => {
  const within = async <Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> => {
    const database = await open(name)
    try {
      const transaction = database.transaction(STORE, mode)
      const finished = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('The device database gave up'))
      })
      const [result] = await Promise.all([done(work(transaction.objectStore(STORE))), finished])
      return result
    } finally {
      database.close()
    }
  }
  return {
    get: (key) => within('readonly', (store) => store.get(key)),
    set: async (key, value) => void (await within('readwrite', (store) => store.put(value, key))),
    remove: async (key) => void (await within('readwrite', (store) => store.delete(key))),
  }
}
