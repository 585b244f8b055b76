import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { livekitBinaryPath, readLivekitVersion } from './livekitVersion.ts'
import type { CachePlaces } from './livekitVersion.ts'

/** Where a LiveKit server may be. */
export type LivekitPlaces = {
  /** `STUDYHALL_LIVEKIT_SERVER`: a program, `off` for none, or undefined or empty for "look". */
  readonly chosen: string | undefined
  /** The folder of a packaged app's files, `null` where there is none. */
  readonly resourcesFolder: string | null
  readonly projectFolder: string
  /** Where caches are; those of whoever runs this by default. */
  readonly cache?: CachePlaces
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

const ownCache = (): CachePlaces => ({
  platform: process.platform,
  environment: process.env,
  homeFolder: homedir(),
})

/** What `npm run livekit` builds, there or not, and its version; `null` where there is no source. */
export async function findBuiltLivekit(
  projectFolder: string,
  cache: CachePlaces = ownCache(),
): Promise<{ readonly version: string; readonly program: string } | null> {
  const read = (file: string): Promise<string> =>
    readFile(join(projectFolder, 'tools', 'livekit', file), 'utf8').catch(() => '')
  const [goMod, goSum] = await Promise.all([read('go.mod'), read('go.sum')])
  const version = readLivekitVersion(goMod)
  return version === null ? null : { version, program: livekitBinaryPath(cache, version, goSum) }
}

/** Finds the server: the one that was named and no other, or else the packaged one, or else the one built here. */
export async function findLivekitBinary(places: LivekitPlaces): Promise<FoundLivekit> {
  const chosen = places.chosen?.trim() ?? ''
  if (chosen === 'off') return { kind: 'none' }
  if (chosen !== '')
    return (await isFile(chosen)) ? { kind: 'found', program: chosen } : { kind: 'missing', program: chosen }
  const file = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  const packaged = places.resourcesFolder === null ? null : join(places.resourcesFolder, 'livekit', file)
  const built = await findBuiltLivekit(places.projectFolder, places.cache)
  for (const program of [packaged, built?.program ?? null])
    if (program !== null && (await isFile(program))) return { kind: 'found', program }
  return { kind: 'none' }
}
