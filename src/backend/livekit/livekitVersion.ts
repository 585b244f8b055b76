import { createHash } from 'node:crypto'
import { posix, win32 } from 'node:path'

/** The version of LiveKit that a go.mod pins, without its `v`; `null` when it pins none. */
export function readLivekitVersion(goMod: string): string | null {
  return /^\s*github\.com\/livekit\/livekit-server v(\d+\.\d+\.\d+)(?:\s|$)/m.exec(goMod)?.[1] ?? null
}

/** A machine, as far as it decides where caches are. `homeFolder`: that of the person. */
export type CachePlaces = {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly homeFolder: string
}

/** The system's folder for what can be made again: that of the XDG specification, of macOS, or of Windows. */
function cacheFolder({ platform, environment, homeFolder }: CachePlaces): string {
  if (platform === 'win32') {
    const chosen = environment['LOCALAPPDATA'] ?? ''
    return win32.isAbsolute(chosen) ? chosen : win32.join(homeFolder, 'AppData', 'Local')
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Caches')
  // The specification has relative paths ignored.
  const chosen = environment['XDG_CACHE_HOME'] ?? ''
  return posix.isAbsolute(chosen) ? chosen : posix.join(homeFolder, '.cache')
}

/**
 * Where the built server is kept: outside the project, so that it survives `npm ci` and every clone of the same sources
 * shares it. Other sources, by their go.sum, are another server.
 */
export function livekitBinaryPath(places: CachePlaces, version: string, goSum: string): string {
  const path = places.platform === 'win32' ? win32 : posix
  const sumsHash = createHash('sha256').update(goSum.replaceAll('\r\n', '\n')).digest('hex').slice(0, 16)
  const program = places.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  return path.join(cacheFolder(places), 'studyhall', 'livekit', `${version}-${sumsHash}`, program)
}
