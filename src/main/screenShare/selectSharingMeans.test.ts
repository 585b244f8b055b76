import { expect, test } from 'vitest'
import { selectOffersSound, selectPermission, selectPicker } from './selectSharingMeans.ts'

const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }

test.each([
  ['Windows', 'win32', '10.0.22631', {}, 'inApp', true],
  ['macOS 15', 'darwin', '24.1.0', {}, 'systemPicker', true],
  ['macOS 14', 'darwin', '23.6.0', {}, 'inApp', true],
  ['macOS 12', 'darwin', '21.6.0', {}, 'inApp', false],
  ['X11', 'linux', '6.8.0', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' }, 'inApp', false],
  ['Wayland', 'linux', '6.8.0', wayland, 'portal', false],
  [
    'a login that is Wayland without a display',
    'linux',
    '6.8.0',
    { XDG_SESSION_TYPE: 'wayland' },
    'inApp',
    false,
  ],
  [
    'a Wayland display inside an X11 login',
    'linux',
    '6.8.0',
    { WAYLAND_DISPLAY: 'wayland-1' },
    'inApp',
    false,
  ],
] as const)('%s', (_, platform, release, environment, picker, offersSound) => {
  const system = { platform, release, environment }
  expect(selectPicker(system)).toBe(picker)
  expect(selectOffersSound(system)).toBe(offersSound)
})

test.each([
  ['granted', 'granted'],
  ['denied', 'denied'],
  ['restricted', 'restricted'],
  ['not-determined', 'notAsked'],
  ['unknown', 'notAsked'],
] as const)('macOS says %s: %s', (status, permission) => {
  expect(selectPermission('darwin', () => status)).toBe(permission)
})

test('other systems ask nobody, and are not asked', () => {
  const readStatus = () => {
    throw new Error('not there')
  }
  expect(selectPermission('win32', readStatus)).toBe('granted')
  expect(selectPermission('linux', readStatus)).toBe('granted')
})
