import { describe, expect, test } from 'vitest'
import { planStartAtLogin } from './planStartAtLogin.ts'

const installed = {
  isInstalled: true,
  profile: 'default',
  executable: '/opt/Studyhall/studyhall',
  startUp: { atLogin: true, minimised: true },
} as const

describe('starting at login', () => {
  test('Windows: a login item, hidden by a switch', () => {
    expect(planStartAtLogin({ ...installed, platform: 'win32' })).toEqual({
      kind: 'loginItem',
      openAtLogin: true,
      args: ['--hidden'],
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

  test.each([
    ['/home/ada/My Apps/Studyhall.AppImage', '"/home/ada/My Apps/Studyhall.AppImage"'],
    ['/opt/100%/a"b$c', String.raw`"/opt/100%%/a\\"b\\$c"`],
  ])('Linux: the path %s is quoted', (executable, quoted) => {
    const plan = planStartAtLogin({ ...installed, platform: 'linux', executable })
    expect(plan.kind === 'write' ? plan.content : '').toContain(`Exec=${quoted} "--hidden"`)
  })

  test.each(['win32', 'darwin', 'linux'] as const)('%s: what is not installed is left out', (platform) => {
    expect(planStartAtLogin({ ...installed, platform, isInstalled: false })).toEqual({ kind: 'nothing' })
  })
})
