import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { linkScheme } from '../../src/shared/links/parseLink.ts'
import { createBuilderConfig } from './createBuilderConfig.ts'

const projectFolder = join(import.meta.dirname, '..', '..')
const config = createBuilderConfig({
  projectFolder,
  outputFolder: '/dist',
  publication: null,
  isNotarised: true,
  hasLivekit: true,
  maintainer: 'Ada <ada@example.org>',
  homepage: 'https://example.org',
  electronDist: null,
})
const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8')

test('the installed app takes the links that the app reads', () => {
  expect(config.protocols).toEqual([{ name: 'Studyhall link', schemes: [linkScheme] }])
})

describe('macOS', () => {
  test('is told in words what each permission is for, and asked for no other', () => {
    const info = config.mac?.extendInfo as Record<string, string>
    const usage = Object.keys(info).filter((key) => key.endsWith('UsageDescription'))
    expect(usage.toSorted()).toEqual([
      'NSAudioCaptureUsageDescription',
      'NSCameraUsageDescription',
      'NSLocalNetworkUsageDescription',
      'NSMicrophoneUsageDescription',
      'NSScreenCaptureUsageDescription',
    ])
    for (const key of usage) expect(info[key]).toMatch(/^[A-Z][^!]{20,}\.$/)
  })

  test('runs it hardened and notarised, with three entitlements and no more', () => {
    const { mac } = config
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(mac?.entitlementsInherit).toBe(mac?.entitlements)
    const entitlements = read(mac?.entitlements ?? '').replaceAll(/<!--.*?-->/gs, '')
    expect(
      Array.from(entitlements.matchAll(/<key>([^<]+)<\/key>\s*<(\w+)\/>/g), ([, key, value]) => [key, value]),
    ).toEqual([
      ['com.apple.security.cs.allow-jit', 'true'],
      ['com.apple.security.device.camera', 'true'],
      ['com.apple.security.device.audio-input', 'true'],
    ])
    expect(entitlements.match(/<key>/g)).toHaveLength(3)
  })
})

describe('Windows', () => {
  test('installs it for one person, without an administrator, and leaves what is theirs', () => {
    expect(config.nsis).toMatchObject({ oneClick: true, perMachine: false, deleteAppDataOnUninstall: false })
  })

  test('forgets with it what the app has told Windows, but not by an update', () => {
    // electron-builder takes the file by its name, from the folder of the build's resources.
    expect(config.nsis?.include).toBeUndefined()
    expect(config.directories?.buildResources).toBe(join(projectFolder, 'packaging'))
    const macro = /!macro customUnInstall\n(.*?)!macroend/s.exec(read('packaging/installer.nsh'))?.[1] ?? ''
    expect(macro).toMatch(/^\s*;[^\n]*\n\s*\$\{IfNot\} \$\{isUpdated\}\n.*\$\{EndIf\}\n$/s)
    expect(macro).toContain(`DeleteRegKey HKCU "Software\\Classes\\${linkScheme}"`)
    expect(macro).toContain(String.raw`"Software\Microsoft\Windows\CurrentVersion\Run"`)
  })
})

describe('Linux', () => {
  test('knows the app by an entry of two parts or more, which Electron names, too', () => {
    const { desktopName } = config.extraMetadata as Record<string, string>
    // GLib's `g_application_id_is_valid`, as far as letters go.
    expect(desktopName).toMatch(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+\.desktop$/)
    expect(config.linux?.syncDesktopName).toBe(true)
    // Without it, electron-builder derives it of that name.
    expect(config.linux?.desktop?.entry).not.toHaveProperty('StartupWMClass')
  })

  test('is not told by the AppImage to leave out the sandbox', () => {
    expect(config.appImage?.executableArgs).toEqual([])
    expect(config.linux?.executableArgs ?? []).toEqual([])
    expect(config.deb?.executableArgs ?? []).toEqual([])
  })

  test('gets with the Debian package a profile that allows user namespaces, for where the program is', () => {
    const path = config.deb?.appArmorProfile ?? ''
    expect(existsSync(join(projectFolder, path))).toBe(true)
    const profile = read(path)
    expect(profile).toMatch(/^ {2}userns,$/m)
    expect(profile).toContain('"/opt/${sanitizedProductName}/${executable}" flags=(unconfined)')
  })
})
