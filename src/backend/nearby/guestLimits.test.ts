import { expect, test } from 'vitest'
import { createGuestLimits } from './guestLimits.ts'

test('one address may not open connections without end, and others may all the same', () => {
  const limits = createGuestLimits(() => 0)
  const opened = Array.from({ length: 100 }, () => limits.open('10.0.0.1')).filter(Boolean)
  expect(opened).toHaveLength(64)
  expect(limits.open('10.0.0.2')).toBe(true)
  limits.close('10.0.0.1')
  expect(limits.open('10.0.0.1')).toBe(true)
  expect(limits.open('10.0.0.1')).toBe(false)
})

test('wrong keys run out, and come back with time', () => {
  let nowMs = 0
  const limits = createGuestLimits(() => nowMs)
  for (let guess = 0; guess < 20; guess += 1) expect(limits.take('10.0.0.1', 'wrongKey')).toBe(true)
  expect(limits.has('10.0.0.1', 'wrongKey')).toBe(false)
  expect(limits.take('10.0.0.1', 'wrongKey')).toBe(false)
  expect(limits.take('10.0.0.2', 'wrongKey')).toBe(true)
  nowMs = 31_000
  expect(limits.take('10.0.0.1', 'wrongKey')).toBe(true)
  expect(limits.take('10.0.0.1', 'wrongKey')).toBe(false)
})

test('asking again and again while it is empty does not hold it empty', () => {
  let nowMs = 0
  const limits = createGuestLimits(() => nowMs)
  while (limits.take('10.0.0.1', 'signUp'));
  for (nowMs = 0; nowMs < 60_000; nowMs += 1_000) limits.take('10.0.0.1', 'signUp')
  nowMs = 61_000
  expect(limits.take('10.0.0.1', 'signUp')).toBe(true)
})
