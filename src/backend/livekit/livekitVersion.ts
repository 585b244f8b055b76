import { join } from 'node:path'

/** The version of LiveKit that a go.mod pins, without its `v`; `null` when it pins none. */
export function readLivekitVersion(goMod: string): string | null {
  return /^\s*github\.com\/livekit\/livekit-server v(\d+\.\d+\.\d+)(?:\s|$)/m.exec(goMod)?.[1] ?? null
}

/** Where the built server of a version is kept. */
export function livekitBinaryPath(projectRoot: string, version: string, platform: NodeJS.Platform): string {
  const program = platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  return join(projectRoot, 'node_modules', '.cache', 'livekit', version, program)
}
