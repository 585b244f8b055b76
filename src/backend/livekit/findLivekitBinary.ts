import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { livekitBinaryPath, readLivekitVersion } from './livekitVersion.ts'

/** Where a LiveKit server may be. */
export type LivekitPlaces = {
  /** `STUDYHALL_LIVEKIT_SERVER`: a program, `off` for none, or undefined or empty for "look". */
  readonly chosen: string | undefined
  /** The folder of a packaged app's files, `null` where there is none. */
  readonly resourcesFolder: string | null
  readonly projectFolder: string
}

/** A program; none, because none is wanted or installed; or none although one was named. */
export type FoundLivekit =
  | { readonly kind: 'found'; readonly program: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly program: string }

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

/** What `npm run livekit` builds; `null` where there is no source. */
async function builtProgram(projectFolder: string): Promise<string | null> {
  const goMod = await readFile(join(projectFolder, 'tools', 'livekit', 'go.mod'), 'utf8').catch(() => '')
  const version = readLivekitVersion(goMod)
  return version === null ? null : livekitBinaryPath(projectFolder, version, process.platform)
}

/** Finds the server: the one that was named and no other, or else the packaged one, or else the one built here. */
export async function findLivekitBinary(places: LivekitPlaces): Promise<FoundLivekit> {
  const chosen = places.chosen?.trim() ?? ''
  if (chosen === 'off') return { kind: 'none' }
  if (chosen !== '')
    return (await isFile(chosen)) ? { kind: 'found', program: chosen } : { kind: 'missing', program: chosen }
  const file = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  const packaged = places.resourcesFolder === null ? null : join(places.resourcesFolder, 'livekit', file)
  for (const program of [packaged, await builtProgram(places.projectFolder)])
    if (program !== null && (await isFile(program))) return { kind: 'found', program }
  return { kind: 'none' }
}
