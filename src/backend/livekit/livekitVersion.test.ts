import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { livekitBinaryPath, readLivekitVersion } from './livekitVersion.ts'

describe('the pinned LiveKit', () => {
  it('is read from the go.mod it is built from', async () => {
    const goMod = await readFile(
      join(import.meta.dirname, '..', '..', '..', 'tools', 'livekit', 'go.mod'),
      'utf8',
    )
    expect(readLivekitVersion(goMod)).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('is the server and no other module of LiveKit', () => {
    const goMod =
      'require (\n\tgithub.com/livekit/protocol v1.2.3\n\tgithub.com/livekit/livekit-server v4.5.6 // indirect\n)'
    expect(readLivekitVersion(goMod)).toBe('4.5.6')
  })

  it('is missing where none or no released one is required', () => {
    expect(readLivekitVersion('tool github.com/livekit/livekit-server/cmd/server')).toBeNull()
    expect(readLivekitVersion('\tgithub.com/livekit/livekit-server v1.0.0-rc.1')).toBeNull()
  })

  it('has a folder of its own for each version', () => {
    expect(livekitBinaryPath('/p', '1.2.3', 'linux')).toBe(
      join('/p', 'node_modules', '.cache', 'livekit', '1.2.3', 'livekit-server'),
    )
    expect(livekitBinaryPath('/p', '1.2.3', 'win32')).toMatch(/livekit-server\.exe$/)
  })
})
