import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  initialPace,
  planPresenceCall,
  PRESENCE_MAX_CALLS,
  PRESENCE_WINDOW_MS,
  type PresencePace,
} from './presencePace.ts'

const called = (connection: number, ...calledAtMs: readonly number[]): PresencePace => ({
  connection,
  calledAtMs,
})
const full = called(1, 1_000, 2_000, 3_000, 4_000)

test.each([
  ['the first', initialPace, 1, 5_000, { kind: 'call', pace: called(1, 5_000) }],
  ['the fourth', called(1, 1, 2, 3), 1, 4, { kind: 'call', pace: called(1, 1, 2, 3, 4) }],
  ['the fifth, at once', full, 1, 4_000, { kind: 'wait', delayMs: 28_000, pace: full }],
  ['the fifth, later', full, 1, 31_999, { kind: 'wait', delayMs: 1, pace: full }],
  ['the fifth, in time', full, 1, 32_000, { kind: 'call', pace: called(1, 2_000, 3_000, 4_000, 32_000) }],
  ['the fifth, over another socket', full, 2, 4_001, { kind: 'call', pace: called(2, 4_001) }],
  ['one long after', full, 1, 90_000, { kind: 'call', pace: called(1, 90_000) }],
  [
    'the fifth, by a clock that was set back',
    full,
    1,
    500,
    { kind: 'wait', delayMs: PRESENCE_WINDOW_MS, pace: called(1, 500, 500, 500, 500) },
  ],
])('%s', (_what, pace, connection, nowMs, plan) => {
  expect(planPresenceCall(pace, connection, nowMs)).toEqual(plan)
})

test('whatever somebody does, no socket has more than four calls in any 30 s, and no wait is longer than the window', () => {
  const wish = fc.record({ afterMs: fc.nat(12_000), isNewSocket: fc.boolean() })
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
      let pace = initialPace
      let nowMs = 0
      let connection = 1
      const calls: { readonly connection: number; readonly atMs: number }[] = []
      const delaysMs: number[] = []
      for (const { afterMs, isNewSocket } of wishes) {
        nowMs += afterMs
        connection += isNewSocket ? 1 : 0
        const plan = planPresenceCall(pace, connection, nowMs)
        pace = plan.pace
        if (plan.kind === 'call') calls.push({ connection, atMs: nowMs })
        else delaysMs.push(plan.delayMs)
      }
      expect(Math.max(0, ...delaysMs)).toBeLessThanOrEqual(PRESENCE_WINDOW_MS)
      for (const { connection: socket, atMs } of calls)
        expect(
          calls.filter((call) => call.connection === socket && call.atMs >= atMs && call.atMs - atMs < 30_000)
            .length,
        ).toBeLessThanOrEqual(PRESENCE_MAX_CALLS)
    }),
  )
})
