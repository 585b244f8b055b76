import { describe, expect, test } from 'vitest'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { parseRepeat, suggestRepeat, toggleDay, toRepeatFields } from './parseRepeat.ts'

/** Tuesday, 18:20 in Berlin. */
const nowMs = Date.parse('2026-11-24T17:20:00Z')
const zone = 'Europe/Berlin'

describe('when a room repeats', () => {
  test('begins with today, at the next full hour', () => {
    expect(suggestRepeat(nowMs, zone)).toEqual({
      days: ['TU'],
      time: '19:00',
      durationMinutes: 60,
      timeZone: zone,
    })
  })

  test('late in the evening the next full hour is tomorrow’s', () => {
    expect(suggestRepeat(Date.parse('2026-11-24T22:40:00Z'), zone)).toMatchObject({
      days: ['WE'],
      time: '00:00',
    })
  })

  test('counts from today, where the room is', () => {
    const fields = { days: ['TH', 'MO'] as const, time: '08:30', durationMinutes: 90, timeZone: 'Asia/Tokyo' }
    expect(parseRepeat(fields, nowMs)).toEqual({
      ok: true,
      value: {
        rrule: 'FREQ=WEEKLY;BYDAY=MO,TH',
        startsAt: '2026-11-25T08:30',
        timeZone: 'Asia/Tokyo',
        durationMinutes: 90,
      },
    })
  })

  test('says what is missing', () => {
    expect(parseRepeat({ days: [], time: '', durationMinutes: 60, timeZone: zone }, nowMs)).toEqual({
      ok: false,
      error: { days: 'missing', time: 'missing' },
    })
  })

  test('of a room is shown as far as the form can', () => {
    expect(toRepeatFields(createRecurringRoom('Thesis hour'))).toEqual({
      days: ['TU'],
      time: '18:00',
      durationMinutes: 60,
      timeZone: zone,
    })
    expect(toRepeatFields(createRecurringRoom('Monthly', { rrule: 'FREQ=MONTHLY;BYDAY=2MO' }))).toBeNull()
  })

  test('days come and go in the order of the week', () => {
    expect(toggleDay(['FR'], 'MO')).toEqual(['MO', 'FR'])
    expect(toggleDay(['MO', 'FR'], 'MO')).toEqual(['FR'])
  })
})
