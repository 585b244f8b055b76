import { expect, test } from 'vitest'
import { DEVICE_ORDER_MAX_COUNT } from '../../../shared/limits.ts'
import { rememberDevice, selectDevice } from './selectDevice.ts'

const listed = (...ids: readonly string[]) => ids.map((deviceId) => ({ deviceId, label: deviceId }))

test.each([
  ['the chosen one is there', 'desk', ['desk', 'lid'], ['lid', 'desk'], 'desk'],
  ['it is there, chosen before anything was remembered', 'desk', ['lid'], ['lid', 'desk'], 'desk'],
  ['it is not: the one chosen before it', 'desk', ['desk', 'door', 'lid'], ['lid', 'door'], 'door'],
  ['only one that was never chosen', 'desk', ['desk'], ['lid'], null],
  ['the system’s default was chosen', null, ['desk'], ['desk'], null],
  ['nothing is listed yet', 'desk', ['lid'], [], 'desk'],
] as const)('%s', (_, chosen, order, present, expected) => {
  expect(selectDevice(chosen, order, listed(...present))).toBe(expected)
})

test('the latest choice stands first, once, and the oldest is forgotten', () => {
  expect(rememberDevice(['desk', 'lid'], 'lid')).toEqual(['lid', 'desk'])
  expect(rememberDevice(['desk'], null)).toEqual(['desk'])
  const many = Array.from({ length: DEVICE_ORDER_MAX_COUNT }, (_, index) => `camera ${index}`)
  expect(rememberDevice(many, 'desk')).toEqual(['desk', ...many.slice(0, -1)])
})
