import { describe, expect, test } from 'vitest'
import { createMember, createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { selectOccasion, sortByOccasion } from './occasion.ts'

const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`)

describe('where a recurring room stands', () => {
  const room = createRecurringRoom('Thesis hour')
  test.each([
    ['before it', '16:59', { kind: 'next', startsAtMs: at('17:00') }],
    ['at its beginning', '17:00', { kind: 'onNow', endsAtMs: at('18:00') }],
    ['at its end', '18:00', { kind: 'none' }],
  ])('%s', (_when, time, expected) => {
    expect(selectOccasion(room, at(time))).toEqual(expected)
  })

  test('people in it count more than its rule', () => {
    const lively = createRecurringRoom('Early birds', {
      participantCount: 2,
      participants: [createMember('Mia')],
      nextStartsAt: null,
      nextEndsAt: null,
    })
    expect(selectOccasion(lively, at('06:00'))).toEqual({ kind: 'live', count: 2, names: ['Mia'] })
  })
})

test('those with people come first, then those that are on, then the next ones, then those that are over', () => {
  const over = createRecurringRoom('Over', { nextStartsAt: null, nextEndsAt: null })
  const later = createRecurringRoom('Later', {
    nextStartsAt: '2026-11-25T17:00:00.000Z',
    nextEndsAt: '2026-11-25T18:00:00.000Z',
  })
  const soon = createRecurringRoom('Soon', {
    nextStartsAt: '2026-11-24T19:00:00.000Z',
    nextEndsAt: '2026-11-24T20:00:00.000Z',
  })
  const onNow = createRecurringRoom('On now')
  const lively = createRecurringRoom('Lively', { participantCount: 1 })
  const names = sortByOccasion([over, later, soon, onNow, lively], at('17:30')).map(({ name }) => name)
  expect(names).toEqual(['Lively', 'On now', 'Soon', 'Later', 'Over'])
})
