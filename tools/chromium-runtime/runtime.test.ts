import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { browserArguments } from './browser.ts'
import { currentTray } from './desktopShell.ts'
import * as electron from './electronModule.ts'
import { appUrlOfRequest, originOf, toAppUrl, toBrowserUrl } from './originMap.ts'
import { decodeValue, encodeValue } from './structuredCodec.ts'

const schemes = new Set(['app'])

describe('addresses', () => {
  test.each([
    ['app://studyhall/', 'http://studyhall.app.localhost/'],
    ['app://studyhall/a/b?c=d#e', 'http://studyhall.app.localhost/a/b?c=d#e'],
    ['app://studyhall/..%2fx', 'http://studyhall.app.localhost/..%2fx'],
  ])('%s is %s in Chromium, and back', (appUrl, browserUrl) => {
    expect(toBrowserUrl(appUrl, schemes)).toBe(browserUrl)
    expect(toAppUrl(browserUrl, schemes)).toBe(appUrl)
  })

  test.each([
    'https://example.com/',
    'http://studyhall.app.localhost.evil.com/',
    'http://studyhall.other.localhost/',
    'http://studyhall.app.localhost:81/',
    'https://studyhall.app.localhost/',
    'about:blank',
  ])('%s is not the app', (url) => {
    expect(toAppUrl(url, schemes)).toBe(url)
  })

  test('only the app’s own host names are answered', () => {
    expect(appUrlOfRequest('studyhall.app.localhost', '/x', schemes)).toEqual({
      scheme: 'app',
      url: 'app://studyhall/x',
    })
    expect(appUrlOfRequest('127.0.0.1:4000', '/x', schemes)).toBeNull()
    expect(appUrlOfRequest('evil.com', '/x', schemes)).toBeNull()
    expect(appUrlOfRequest('studyhall.app.localhost', 'http://evil.com/', schemes)).toBeNull()
    expect(appUrlOfRequest(undefined, '/x', schemes)).toBeNull()
  })

  test('origins', () => {
    expect(originOf('app://studyhall/x')).toBe('app://studyhall')
    expect(originOf('about:blank')).toBe('null')
  })
})

describe('what crosses between page and main process', () => {
  test.each([
    ['nothing', undefined],
    ['odd numbers', [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n]],
    ['dates, maps and sets', { d: new Date(5), m: new Map([['k', new Set([1, 2])]]), r: /x/gi }],
    ['bytes', [new Uint8Array([0, 255]), new Float32Array([1.5]), new Uint8Array([1, 2, 3]).buffer]],
    ['a name like an object’s own', JSON.parse('{"__proto__":{"x":1},"constructor":2}')],
  ])('%s', (_what, value) => {
    expect(decodeValue(encodeValue(value))).toEqual(structuredClone(value))
  })

  test('a value that contains itself', () => {
    const value: { self?: unknown } = {}
    value.self = value
    const copy = decodeValue(encodeValue(value)) as { self?: unknown }
    expect(copy.self).toBe(copy)
  })

  test.each([[() => 1], [Symbol('x')], [{ deep: [() => 1] }], [Promise.resolve()]])(
    '%s is refused, as by structuredClone',
    (value) => {
      expect(() => encodeValue(value)).toThrow(/could not be cloned/)
    },
  )

  test('anything that JSON knows comes back equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeValue(encodeValue(value))).toEqual(value)
      }),
    )
  })
})

describe('what is not implemented', () => {
  test('throws by name', () => {
    const TouchBar = electron.TouchBar as new () => unknown
    expect(() => new TouchBar()).toThrow('electron.TouchBar is not implemented by the Chromium runtime')
    expect(() => (electron.contentTracing as { startRecording: unknown }).startRecording).toThrow(
      'electron.contentTracing.startRecording is not implemented',
    )
    expect(() => Reflect.get(electron.app, 'setLoginItemSettings') as unknown).toThrow(
      'electron.app.setLoginItemSettings',
    )
  })
})

test('of power nothing is known, and nothing is made up', () => {
  const { powerMonitor } = electron
  expect(powerMonitor.getCurrentThermalState()).toBe('unknown')
  expect(powerMonitor.isOnBatteryPower()).toBe(false)
  expect(powerMonitor.on('suspend', () => expect.unreachable())).toBe(powerMonitor)
  expect(() => Reflect.get(powerMonitor, 'getSystemIdleTime') as unknown).toThrow(
    'electron.powerMonitor.getSystemIdleTime',
  )
})

describe('what is outside the window', () => {
  const image = () => {
    const made = electron.nativeImage.createEmpty()
    made.addRepresentation({ scaleFactor: 1, dataURL: 'data:image/png;base64,AAAA' })
    return made
  }

  test('a tray’s menu can be read, and what may be pressed can be pressed', () => {
    const pressed: string[] = []
    const tray = new electron.Tray(image())
    tray.setToolTip('Thesis hour')
    tray.setContextMenu(
      electron.Menu.buildFromTemplate([
        { label: 'Focus', enabled: false, click: () => pressed.push('Focus') },
        { type: 'separator' },
        { label: 'Mute', click: () => pressed.push('Mute') },
      ]),
    )
    expect(currentTray()?.menu?.lines).toEqual([
      { label: 'Focus', enabled: false, isSeparator: false },
      { label: '', enabled: true, isSeparator: true },
      { label: 'Mute', enabled: true, isSeparator: false },
    ])
    expect(['Focus', 'Mute', 'Leave'].map((label) => currentTray()?.menu?.press(label))).toEqual([
      false,
      true,
      false,
    ])
    expect(pressed).toEqual(['Mute'])
    tray.destroy()
    expect(currentTray()).toBeNull()
  })

  test('an icon without a picture is refused, since nobody would see it', () => {
    expect(() => new electron.Tray(electron.nativeImage.createEmpty())).toThrow('empty')
  })

  test('there is no menu bar', () => {
    expect(() => electron.Menu.setApplicationMenu({})).toThrow('menu bar')
    expect(electron.Menu.getApplicationMenu()).toBeNull()
  })
})

test('switches of the command line reach Chromium last, so that they win', () => {
  const run = { schemes: ['app'], port: 4000, width: 800, height: 600, headless: true }
  const args = browserArguments({ ...run, chromiumSwitches: ['--remote-debugging-port=9333'] })
  expect(args).toContain('--host-resolver-rules=MAP *.app.localhost 127.0.0.1:4000')
  expect(args.at(-1)).toBe('--remote-debugging-port=9333')
})

test('a global shortcut is held by one at a time, however it is written', () => {
  const { globalShortcut } = electron
  const pressed: string[] = []
  expect(globalShortcut.register('Control+Shift+M', () => pressed.push('m'))).toBe(true)
  expect(globalShortcut.register('Shift+Control+m', () => pressed.push('again'))).toBe(false)
  expect(globalShortcut.isRegistered('shift+control+M')).toBe(true)
  globalShortcut.unregister('Control+Shift+M')
  expect(globalShortcut.isRegistered('Control+Shift+M')).toBe(false)
})
