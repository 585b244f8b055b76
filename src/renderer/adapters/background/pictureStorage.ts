/*
 * The person's own background, in the page's own storage (IndexedDB) and so in the profile's folder. Not by the main process: the
 * worker that needs it reads it here by itself, and no bytes of a stranger's file go to a process that may do more than a page.
 */

const DATABASE = 'studyhall'
const STORE = 'pictures'
const KEY = 'background'

/** Null where none is kept. Rejects where the storage cannot be read. */
export async function readPicture(): Promise<Blob | null> {
  const value: unknown = await inStore('readonly', (store) => store.get(KEY))
  return value instanceof Blob ? value : null
}

/** Rejects where there is no room for it. */
export async function writePicture(picture: Blob): Promise<void> {
  await inStore('readwrite', (store) => store.put(picture, KEY))
}

export async function deletePicture(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(KEY))
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = ask(transaction.objectStore(STORE))
      // Only the transaction's end says that it is on the disk.
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('It was given up.')))
    })
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('It could not be opened.')))
  })
}
