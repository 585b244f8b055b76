import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Beyond so many entries nobody waits for the sum. */
const MAXIMUM_ENTRIES = 200_000

/** Bytes of all files below the folder, links not followed; null when it cannot be read or has too many. */
export async function folderSize(folder: string): Promise<number | null> {
  let bytes = 0
  let entries = 0
  const open = [folder]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = await readdir(next, { withFileTypes: true }).catch(() => null)
    // The folder itself must be there; what vanishes below it meanwhile weighs nothing.
    if (found === null && next === folder) return null
    for (const entry of found ?? []) {
      entries += 1
      if (entries > MAXIMUM_ENTRIES) return null
      const path = join(next, entry.name)
      if (entry.isDirectory()) open.push(path)
      else
        bytes += await lstat(path).then(
          ({ size }) => size,
          () => 0,
        )
    }
  }
  return bytes
}
