/** Bytes of a film that are in memory at a time, unless one thing in it is longer. */
const WINDOW_BYTES = 256 * 1024

/** Reads up to `length` bytes from `at` on; fewer only at the end. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>

/** A piece of a file, and the next one when that is asked for: a film is read once, forwards, and never as a whole. */
export function createFileWindow(read: ReadAt): ReadAt {
  let window = new Uint8Array()
  let start = 0
  return async (at, length) => {
    if (at < start || at + length > start + window.length) {
      window = new Uint8Array(await read(at, Math.max(length, WINDOW_BYTES)))
      start = at
    }
    return window.subarray(at - start, at - start + length)
  }
}
