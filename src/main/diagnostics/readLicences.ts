import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Licences } from '../../shared/ipc/settingsPanel.ts'

/**
 * The licences as texts. A packaged app has them in its resources, with those of all that it is made of; from the sources there
 * is Studyhall's own, and each package brings its own in `node_modules`.
 */
export async function readLicences(folder: string, isPackaged: boolean): Promise<Licences> {
  const read = (name: string): Promise<string | null> =>
    readFile(join(folder, name), 'utf8').catch(() => null)
  const own = await read(isPackaged ? 'LICENSE.txt' : 'LICENSE')
  return { own: own ?? 'MIT', others: isPackaged ? await read('THIRD-PARTY-LICENSES.txt') : null }
}
