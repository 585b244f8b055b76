import * as fc from 'fast-check'
import { RRule } from 'rrule'
import { describe, expect, test } from 'vitest'
import { buildWeeklyRule, parseRecurrence, weekdayOf, weekdays } from './weeklyRule.ts'

describe('a weekly rule', () => {
  test('names its days in the order of the week', () => {
    expect(buildWeeklyRule(['TH', 'MO'])).toBe('FREQ=WEEKLY;BYDAY=MO,TH')
  })

  test('means what the package rrule makes of it, for any days', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), (days) => {
        const rule = RRule.fromString(`DTSTART:20261124T180000Z\nRRULE:${buildWeeklyRule(days)};COUNT=14`)
        const met = new Set(rule.all().map((date) => weekdayOf(date.toISOString())))
        expect([...met].sort()).toEqual([...days].sort())
      }),
    )
  })

  test('is read as it was built', () => {
    fc.assert(
      fc.property(fc.subarray([...weekdays], { minLength: 1 }), (days) => {
        expect(parseRecurrence(buildWeeklyRule(days), '2026-11-24T18:00')).toEqual({ kind: 'weekly', days })
      }),
    )
  })

  test.each([
    ['FREQ=WEEKLY', { kind: 'weekly', days: ['TU'] }],
    ['FREQ=DAILY', { kind: 'weekly', days: [...weekdays] }],
    ['FREQ=DAILY;BYDAY=MO,FR', { kind: 'weekly', days: ['MO', 'FR'] }],
    ['FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=SU,MO', { kind: 'weekly', days: ['MO', 'SU'] }],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', { kind: 'other' }],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=3', { kind: 'other' }],
    ['FREQ=MONTHLY;BYDAY=2MO', { kind: 'other' }],
    ['FREQ=MONTHLY;BYMONTHDAY=1', { kind: 'other' }],
  ])('%s', (rrule, expected) => {
    expect(parseRecurrence(rrule, '2026-11-24T18:00')).toEqual(expected)
  })
})
