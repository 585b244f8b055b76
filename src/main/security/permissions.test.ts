import { describe, expect, test } from 'vitest'
import { isPermissionGranted } from './permissions.ts'

const own = 'app://studyhall/'

describe('isPermissionGranted', () => {
  test.each(['media', 'speaker-selection', 'fullscreen', 'clipboard-sanitized-write'])(
    'grants %s to the app itself',
    (permission) => {
      expect(isPermissionGranted({ permission, requester: own, isMainFrame: true })).toBe(true)
    },
  )

  test.each([
    'geolocation',
    'notifications',
    'midi',
    'hid',
    'serial',
    'usb',
    'clipboard-read',
    'openExternal',
    'display-capture',
    'idle-detection',
    'unknown',
    'anything else',
  ])('denies %s', (permission) => {
    expect(isPermissionGranted({ permission, requester: own, isMainFrame: true })).toBe(false)
  })

  test.each([
    'https://example.com/',
    'app://other/',
    'app://studyhall.evil/',
    'file:///x',
    'null',
    '',
    undefined,
  ])('denies media to %s', (requester) => {
    expect(isPermissionGranted({ permission: 'media', requester, isMainFrame: true })).toBe(false)
  })

  test.each([
    ['to the app itself', own, true, true, true],
    ['before anything was chosen', own, true, false, false],
    ['to another page', 'https://example.com/', true, true, false],
    ['to an embedded frame', own, false, true, false],
  ] as const)('display-capture %s', (_, requester, isMainFrame, isScreenChosen, expected) => {
    const question = { permission: 'display-capture', requester, isMainFrame, isScreenChosen }
    expect(isPermissionGranted(question)).toBe(expected)
  })

  test('denies media to an embedded frame, even our own', () => {
    expect(isPermissionGranted({ permission: 'media', requester: own, isMainFrame: false })).toBe(false)
  })
})
