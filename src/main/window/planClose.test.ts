import { expect, test } from 'vitest'
import { planClose } from './planClose.ts'

test.each([
  ['who wants it closed, closes it', false, true, true, 'close'],
  ['to the tray, in a call', true, true, true, 'hide'],
  ['to the tray, without a call', true, false, true, 'hide'],
  ['no tray: the call goes on in the task bar', true, true, false, 'minimise'],
  ['no tray and no call: nothing would be lost', true, false, false, 'close'],
] as const)('%s', (_what, closeToTray, isInCall, hasTray, expected) => {
  expect(planClose({ closeToTray, isInCall, hasTray })).toBe(expected)
})
