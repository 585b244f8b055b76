import { describe, expect, test } from 'vitest'
import { planStartAtLogin } from './planStartAtLogin.ts'

const installed = {
  isInstalled: true,
  profile: 'default',
  executable: '/opt/Studyhall/studyhall',
  startUp: { atLogin: true, minimised: true },
} as const

describe('starting at login', () => {
  test('Windows: a login item for each profile, hidden by a switch', () => {
    expect(planStartAtLogin({ ...installed, platform: 'win32' })).toEqual({
      kind: 'loginItem',
      openAtLogin: true,
      args: ['--hidden'],
      name: 'Studyhall-default',
    })
    const startUp = { atLogin: false, minimised: true }
    expect(planStartAtLogin({ ...installed, platform: 'win32', profile: 'second', startUp })).toEqual({
      kind: 'loginItem',
      openAtLogin: false,
      args: ['--profile=second', '--hidden'],
      name: 'Studyhall-second',
    })
  })

  test('macOS: a login item without arguments, and one only', () => {
    expect(planStartAtLogin({ ...installed, platform: 'darwin' })).toEqual({
      kind: 'loginItem',
      openAtLogin: true,
      args: [],
    })
    expect(planStartAtLogin({ ...installed, platform: 'darwin', profile: 'second' })).toEqual({
      kind: 'nothing',
    })
  })

  test('Linux: a file of its own for each profile', () => {
    expect(planStartAtLogin({ ...installed, platform: 'linux' })).toMatchObject({
      kind: 'write',
      fileName: 'studyhall.desktop',
      content: expect.stringContaining('Exec="/opt/Studyhall/studyhall" "--hidden"\n') as unknown,
    })
    const shown = { ...installed, profile: 'second', startUp: { atLogin: true, minimised: false } }
    expect(planStartAtLogin({ ...shown, platform: 'linux' })).toMatchObject({
      fileName: 'studyhall-second.desktop',
      content: expect.stringContaining('Exec="/opt/Studyhall/studyhall" "--profile=second"\n') as unknown,
    })
  })

  test('Linux: the file goes when it is not wanted any more', () => {
    const startUp = { atLogin: false, minimised: false }
    expect(planStartAtLogin({ ...installed, platform: 'linux', startUp })).toEqual({
      kind: 'remove',
      fileName: 'studyhall.desktop',
    })
  })

  test.each(['win32', 'darwin', 'linux'] as const)('%s: what is not installed is left out', (platform) => {
    expect(planStartAtLogin({ ...installed, platform, isInstalled: false })).toEqual({ kind: 'nothing' })
  })
})
