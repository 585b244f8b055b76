import { expect, test } from 'vitest'
import { calendarDaysBetween, toWallClock } from './wallClock.ts'

test.each([
  ['Europe/Berlin', '2026-11-24T17:05:00Z', '2026-11-24', '18:05'],
  ['Europe/Berlin', '2026-07-01T22:30:00Z', '2026-07-02', '00:30'],
  ['Asia/Kolkata', '2026-11-24T23:00:00Z', '2026-11-25', '04:30'],
  ['America/New_York', '2026-11-25T02:00:00Z', '2026-11-24', '21:00'],
])('in %s at %s', (zone, moment, date, time) => {
  expect(toWallClock(Date.parse(moment), zone)).toEqual({ date, time })
})

test.each([
  ['today, late', '2026-11-24T06:00:00Z', '2026-11-24T22:59:00Z', 0],
  ['tomorrow, in an hour', '2026-11-24T22:30:00Z', '2026-11-24T23:30:00Z', 1],
  ['over the end of summer time', '2026-10-24T10:00:00Z', '2026-10-26T10:00:00Z', 2],
  ['over the end of the year', '2026-12-31T10:00:00Z', '2027-01-01T10:00:00Z', 1],
  ['yesterday', '2026-11-24T10:00:00Z', '2026-11-23T10:00:00Z', -1],
])('%s', (_when, from, to, days) => {
  expect(calendarDaysBetween(Date.parse(from), Date.parse(to), 'Europe/Berlin')).toBe(days)
})
