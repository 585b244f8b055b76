import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { planReminders } from './planReminders.ts'

const minuteMs = 60_000
const startsAtMs = Date.parse('2026-11-24T17:00:00.000Z')
const thesis = createRecurringRoom('Thesis hour')
const look = (nowMs: number, told: readonly string[] = [], currentId: string | null = null) =>
  planReminders({ rooms: [thesis], nowMs, leadMs: 5 * minuteMs, told, currentId })

describe('telling of a recurring room', () => {
  test.each([
    ['too early', -6, 0],
    ['five minutes before', -5, 1],
    ['a minute before, after sleep', -1, 1],
    ['as it begins', 0, 1],
    ['a minute late, after sleep', 1, 1],
    ['when it has long begun', 2, 0],
  ])('%s', (_when, minutes, count) => {
    expect(look(startsAtMs + minutes * minuteMs).due).toHaveLength(count)
  })

  test('says when to look again', () => {
    expect(look(startsAtMs - 60 * minuteMs).nextAtMs).toBe(startsAtMs - 5 * minuteMs)
    expect(look(startsAtMs).nextAtMs).toBeNull()
  })

  test('not of the room that the person is in, also not once they have left it again', () => {
    const inside = look(startsAtMs - 4 * minuteMs, [], thesis.id)
    expect(inside.due).toEqual([])
    expect(look(startsAtMs - 3 * minuteMs, inside.told).due).toEqual([])
  })

  test('the next occasion is another one', () => {
    const first = look(startsAtMs - 5 * minuteMs)
    const weekMs = 7 * 24 * 60 * minuteMs
    const next = createRecurringRoom('Thesis hour', {
      id: thesis.id,
      nextStartsAt: new Date(startsAtMs + weekMs).toISOString(),
      nextEndsAt: new Date(startsAtMs + weekMs + 60 * minuteMs).toISOString(),
    })
    const later = planReminders({
      rooms: [next],
      nowMs: startsAtMs + weekMs - minuteMs,
      leadMs: 5 * minuteMs,
      told: first.told,
      currentId: null,
    })
    expect(later.due).toEqual([next])
  })

  test('never twice, however often and with whatever jumps of the clock one looks', () => {
    const jump = fc.integer({ min: -30 * minuteMs, max: 30 * minuteMs })
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 60 }), (jumps) => {
        let nowMs = startsAtMs - 20 * minuteMs
        let told: readonly string[] = []
        let count = 0
        for (const ms of jumps) {
          nowMs += ms
          const plan = look(nowMs, told)
          told = plan.told
          count += plan.due.length
        }
        expect(count).toBeLessThanOrEqual(1)
      }),
    )
  })
})
