import { expect, test } from 'vitest'
import {
  createScreenShare,
  type DisplayGrant,
  type DisplayRequest,
  type ScreenShareDependencies,
} from './createScreenShare.ts'

type Grant = Parameters<DisplayGrant>[0]

const nothing = { isEmpty: () => true, toDataURL: () => '' } as Electron.NativeImage
const picture = {
  isEmpty: () => false,
  toDataURL: () => 'data:image/png;base64,AA==',
} as Electron.NativeImage
const listedSources = [
  { id: 'screen:0:0', name: 'Entire screen', thumbnail: picture, appIcon: null, display_id: '1' },
  { id: 'window:7:0', name: 'Notes', thumbnail: nothing, appIcon: picture, display_id: '' },
] as unknown as Electron.DesktopCapturerSource[]

const ours: DisplayRequest = {
  videoRequested: true,
  frame: { url: 'app://studyhall/index.html', parent: null },
}

function createScene(
  system: Partial<ScreenShareDependencies['system']> = {},
  mac: { status: 'granted' | 'denied' | 'restricted'; wasAsked: boolean } = {
    status: 'granted',
    wasAsked: true,
  },
) {
  let nowMs = 0
  let listings = 0
  const opened: string[] = []
  const share = createScreenShare({
    system: { platform: 'win32', release: '10.0.22631', environment: {}, ...system },
    capturer: {
      getSources() {
        listings += 1
        return mac.status === 'granted'
          ? Promise.resolve(listedSources)
          : Promise.reject(new Error('Failed to get sources.'))
      },
    },
    // For the screen, Electron on macOS says `granted` or `denied` and nothing else.
    preferences: { getMediaAccessStatus: () => mac.status },
    asked: {
      wasAsked: () => mac.wasAsked,
      remember: () => {
        mac.wasAsked = true
      },
    },
    shell: {
      openExternal(url) {
        opened.push(url)
        return Promise.resolve()
      },
    },
    nowMs: () => nowMs,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  return {
    share,
    opened,
    listings: () => listings,
    wait: (ms: number): void => {
      nowMs += ms
    },
    ask: (request: Partial<DisplayRequest> = {}): Grant | undefined => {
      let granted: Grant | undefined
      share.handleRequest({ ...ours, ...request }, (grant) => {
        granted = grant
      })
      return granted
    },
  }
}

const linuxOnWayland = {
  platform: 'linux',
  environment: { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' },
} as const

test('what was listed and chosen is given once', async () => {
  const { share, ask } = createScene()
  expect(await share.sources()).toEqual([
    {
      id: 'screen:0:0',
      kind: 'screen',
      name: 'Entire screen',
      thumbnail: 'data:image/png;base64,AA==',
      appIcon: '',
    },
    { id: 'window:7:0', kind: 'window', name: 'Notes', thumbnail: '', appIcon: 'data:image/png;base64,AA==' },
  ])
  expect(share.isChosen()).toBe(false)
  expect(share.choose({ sourceId: 'window:7:0', withSound: true })).toBe(true)
  expect(share.isChosen()).toBe(true)
  expect(ask()).toEqual({ video: { id: 'window:7:0', name: 'Notes' }, audio: 'loopback' })
  expect(share.isChosen()).toBe(false)
  expect(ask()).toBeNull()
})

test('nothing is given without a choice, long after one, or of what was never listed', async () => {
  const { share, ask, wait } = createScene()
  expect(ask()).toBeNull()
  expect(share.choose({ sourceId: 'screen:0:0', withSound: false })).toBe(false)
  await share.sources()
  expect(share.choose({ sourceId: 'screen:9:0', withSound: false })).toBe(false)
  share.choose({ sourceId: 'screen:0:0', withSound: false })
  wait(10_001)
  expect(ask()).toBeNull()
})

test.each([
  ['a foreign page', { frame: { url: 'https://example.org/', parent: null } }],
  ['a frame inside a page', { frame: { url: 'app://studyhall/index.html', parent: {} } }],
  ['a page that is gone', { frame: null }],
  ['who wants the sound alone', { videoRequested: false }],
] as const)('%s is given nothing, and uses up the choice', async (_, request) => {
  const { share, ask } = createScene()
  await share.sources()
  share.choose({ sourceId: 'screen:0:0', withSound: false })
  expect(ask(request)).toBeNull()
  expect(ask()).toBeNull()
})

test('sound is given only where the call can be kept out of it', async () => {
  const { share, ask } = createScene({ platform: 'linux', release: '6.8.0' })
  await share.sources()
  share.choose({ sourceId: 'screen:0:0', withSound: true })
  expect(ask()).toEqual({ video: { id: 'screen:0:0', name: 'Entire screen' } })
})

test('on Wayland nothing is listed, before or after, and the portal asks by itself', async () => {
  const { share, ask, listings } = createScene(linuxOnWayland)
  expect(share.means()).toEqual({ picker: 'portal', permission: 'granted', offersSound: false })
  expect(await share.sources()).toBeNull()
  expect(share.choose({ sourceId: 'window:7:0', withSound: false })).toBe(true)
  expect(ask()).toEqual({ video: { id: 'window:0:0', name: '' } })
  expect(ask()).toBeNull()
  expect(listings()).toBe(0)
})

test.each([
  ['24.0.0', true],
  ['23.0.0', false],
] as const)('Darwin %s has the system ask: %s', (release, useSystemPicker) => {
  const { share } = createScene({ platform: 'darwin', release })
  const options: unknown[] = []
  share.install({ setDisplayMediaRequestHandler: (_, given) => void options.push(given) })
  expect(options).toEqual([{ useSystemPicker }])
})

const macos14 = { platform: 'darwin', release: '23.6.0' } as const

test('macOS is asked once a run, so that it shows its question and lists the app', async () => {
  const mac = { status: 'denied' as const, wasAsked: false }
  const first = createScene(macos14, mac)
  expect(first.share.means()).toEqual({ picker: 'inApp', permission: 'notAsked', offersSound: true })
  // Its question stays while the picker looks again and again, and so do the words about it.
  expect(first.share.means().permission).toBe('notAsked')
  await Promise.resolve()
  expect(first.listings()).toBe(1)

  // The next run.
  const later = createScene(macos14, mac)
  expect(later.share.means().permission).toBe('denied')
  expect(later.share.means().permission).toBe('denied')
  expect(later.listings()).toBe(1)
})

test('a permission that comes is noticed, and one that is there is not asked for', () => {
  const mac: { status: 'granted' | 'denied'; wasAsked: boolean } = { status: 'denied', wasAsked: false }
  const { share, listings } = createScene(macos14, mac)
  expect(share.means().permission).toBe('notAsked')
  mac.status = 'granted'
  expect(share.means().permission).toBe('granted')
  expect(listings()).toBe(1)

  const granted = createScene(macos14, { status: 'granted', wasAsked: false })
  expect(granted.share.means().permission).toBe('granted')
  expect(granted.listings()).toBe(0)
})

test.each([
  ['the system picks', { platform: 'darwin', release: '24.0.0' }, 'denied'],
  ['whoever manages the computer has decided', macos14, 'restricted'],
] as const)('macOS is not asked where %s', (_what, system, status) => {
  const { share, listings } = createScene(system, { status, wasAsked: false })
  expect(share.means().permission).toBe(status)
  expect(listings()).toBe(0)
})

test('the settings of macOS are opened, and of no other system', async () => {
  const { share, opened } = createScene(macos14)
  expect(await share.openPermissions()).toBe(true)
  expect(opened).toEqual(['x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture'])
  expect(await createScene().share.openPermissions()).toBe(false)
})
