import { expect, test } from 'vitest'
import { createTimer } from '../../../../test/support/timers.ts'
import { isInPhase, isSamePhase, selectRoomPhase } from './roomPhase.ts'

const noonMs = Date.parse('2026-11-26T12:00:00.000Z')
const minuteMs = 60_000
const timer = createTimer(noonMs)

test.each([
  [0, { kind: 'running', phase: 'focus', minutesLeft: 25 }],
  [11 * minuteMs + 1, { kind: 'running', phase: 'focus', minutesLeft: 14 }],
  [25 * minuteMs - 1, { kind: 'running', phase: 'focus', minutesLeft: 1 }],
  [25 * minuteMs, { kind: 'running', phase: 'break', minutesLeft: 5 }],
  [30 * minuteMs, { kind: 'running', phase: 'focus', minutesLeft: 25 }],
  [115 * minuteMs, { kind: 'running', phase: 'break', minutesLeft: 15 }],
  [-minuteMs, { kind: 'running', phase: 'focus', minutesLeft: 25 }],
])('%d ms after it began a timer reads %j, though nobody tells of its phases', (afterMs, view) => {
  expect(selectRoomPhase(timer, noonMs + afterMs)).toEqual(view)
})

test('a timer that stands still, or waits, says so and is in no phase', () => {
  const paused = createTimer(noonMs, { pausedAt: new Date(noonMs + minuteMs).toISOString() })
  expect(selectRoomPhase(paused, noonMs + 50 * minuteMs)).toEqual({ kind: 'paused', phase: 'focus' })
  const waiting = createTimer(noonMs, { isContinuing: false })
  expect(selectRoomPhase(waiting, noonMs + 50 * minuteMs)).toEqual({ kind: 'over', phase: 'focus' })
  for (const still of [paused, waiting]) expect(isInPhase(still, 'focus', noonMs + 50 * minuteMs)).toBe(false)
  expect(isInPhase(waiting, 'focus', noonMs)).toBe(true)
})

test('a room without a timer is in no phase', () => {
  expect(selectRoomPhase(null, noonMs)).toBeNull()
  expect(isInPhase(null, 'break', noonMs)).toBe(false)
})

test('what reads the same is drawn once', () => {
  const at = (afterMs: number) => selectRoomPhase(timer, noonMs + afterMs)
  expect(isSamePhase(at(1_000), at(59_000))).toBe(true)
  expect(isSamePhase(at(1_000), at(61_000))).toBe(false)
  expect(isSamePhase(at(1_000), at(25 * minuteMs))).toBe(false)
  expect(isSamePhase(null, null)).toBe(true)
  expect(isSamePhase(null, at(0))).toBe(false)
})
