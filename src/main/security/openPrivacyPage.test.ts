import { expect, test } from 'vitest'
import type { PrivacyPage } from '../../shared/ipc/privacyPage.ts'
import { openPrivacyPage } from './openPrivacyPage.ts'

const apple = 'x-apple.systempreferences:com.apple.preference.security?'

test.each<[platform: NodeJS.Platform, page: PrivacyPage, address: string | null]>([
  ['darwin', 'camera', `${apple}Privacy_Camera`],
  ['darwin', 'microphone', `${apple}Privacy_Microphone`],
  ['darwin', 'accessibility', `${apple}Privacy_Accessibility`],
  ['win32', 'camera', 'ms-settings:privacy-webcam'],
  ['win32', 'microphone', 'ms-settings:privacy-microphone'],
  // Windows lets every program hear keys, so nothing is to be allowed.
  ['win32', 'accessibility', null],
  ['linux', 'camera', null],
  ['linux', 'microphone', null],
  ['linux', 'accessibility', null],
])('on %s the page for the %s is %s', async (platform, page, address) => {
  const opened: string[] = []
  const isOpen = await openPrivacyPage(page, platform, {
    openExternal: (url) => Promise.resolve(void opened.push(url)),
  })
  expect({ isOpen, opened }).toEqual({ isOpen: address !== null, opened: address === null ? [] : [address] })
})

test('a system that does not open it is told of', async () => {
  const shell = { openExternal: () => Promise.reject(new Error('nothing opens it')) }
  await expect(openPrivacyPage('camera', 'win32', shell)).rejects.toThrow('nothing opens it')
})
