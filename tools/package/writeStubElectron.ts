import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How `@electron/fuses` finds the fuses in a binary. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron's defaults, one character a fuse: 1 on, 0 off, r removed; as many as the version's first byte tells. */
const wire = '101110000'

/**
 * Writes what packaging needs of an unpacked Electron for Linux, and cannot run: where Electron cannot be downloaded, the
 * package of such a stub has the real archive, resources and flipped fuses.
 */
export async function writeStubElectron(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await mkdir(join(folder, 'locales'))
  const fuseWire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire)])
  const program = Buffer.concat([Buffer.from('#!/bin/false\n'), fuseWire, Buffer.from('\n')])
  await writeFile(join(folder, 'electron'), program, { mode: 0o755 })
  const files = ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox', 'locales/en-US.pak']
  for (const file of files) await writeFile(join(folder, file), 'stub')
}
