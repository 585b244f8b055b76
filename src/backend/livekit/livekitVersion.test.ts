import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { livekitBinaryPath, readLivekitVersion, type CachePlaces } from './livekitVersion.ts'

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
})

describe('the built server', () => {
  const linux: CachePlaces = { platform: 'linux', environment: {}, homeFolder: '/home/ada' }
  const windows: CachePlaces = { platform: 'win32', environment: {}, homeFolder: 'C:\\Users\\Ada' }

  test.each<[string, CachePlaces, string]>([
    ['Linux', linux, '/home/ada/.cache/studyhall/livekit/'],
    ['XDG', { ...linux, environment: { XDG_CACHE_HOME: '/fast' } }, '/fast/studyhall/livekit/'],
    [
      'a relative XDG folder',
      { ...linux, environment: { XDG_CACHE_HOME: 'fast' } },
      '/home/ada/.cache/studyhall/livekit/',
    ],
    [
      'macOS',
      { ...linux, platform: 'darwin', homeFolder: '/Users/ada' },
      '/Users/ada/Library/Caches/studyhall/livekit/',
    ],
    ['Windows', windows, 'C:\\Users\\Ada\\AppData\\Local\\studyhall\\livekit\\'],
    [
      'Windows with a folder of its own',
      { ...windows, environment: { LOCALAPPDATA: 'D:\\Local' } },
      'D:\\Local\\studyhall\\livekit\\',
    ],
  ])('is kept in the cache of the system: %s', (_name, places, folder) => {
    const path = livekitBinaryPath(places, '1.2.3', 'sums')
    expect(path.startsWith(`${folder}1.2.3-`)).toBe(true)
    expect(path.endsWith(places.platform === 'win32' ? '\\livekit-server.exe' : '/livekit-server')).toBe(true)
  })

  it('is another one for another version and for other sources, and the same however lines end', () => {
    const path = livekitBinaryPath(linux, '1.2.3', 'a\nb\n')
    expect(livekitBinaryPath(linux, '1.2.4', 'a\nb\n')).not.toBe(path)
    expect(livekitBinaryPath(linux, '1.2.3', 'a\nc\n')).not.toBe(path)
    expect(livekitBinaryPath(linux, '1.2.3', 'a\r\nb\r\n')).toBe(path)
  })
})
