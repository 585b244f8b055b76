import { expect, test } from 'vitest'
import { type GoneReason, planReload, type ReloadPlan } from './planReload.ts'

const nowMs = 100_000

test.each<[what: string, reason: GoneReason, isEnding: boolean, reloadsAtMs: number[], plan: ReloadPlan]>([
  ['a first crash', 'crashed', false, [], 'reload'],
  ['out of memory', 'oom', false, [], 'reload'],
  ['ended by the system', 'killed', false, [], 'reload'],
  ['put out of memory', 'memory-eviction', false, [], 'reload'],
  // The window stands, and is empty: how the process ended makes no difference.
  ['ended by itself', 'clean-exit', false, [], 'reload'],
  ['not started', 'launch-failed', false, [], 'reload'],
  ['a third crash within a minute', 'crashed', false, [50_000, 80_000], 'reload'],
  ['a fourth crash within a minute', 'crashed', false, [50_000, 80_000, 90_000], 'tell'],
  ['a fourth crash after a minute', 'crashed', false, [40_000, 80_000, 90_000], 'reload'],
  ['files that the system refuses', 'integrity-failure', false, [], 'tell'],
  ['at the app’s end', 'killed', true, [], 'leave'],
  ['a fourth crash at the app’s end', 'crashed', true, [80_000, 90_000, 95_000], 'leave'],
])('%s', (_what, reason, isEnding, reloadsAtMs, plan) => {
  expect(planReload({ reason, isEnding, reloadsAtMs, nowMs })).toBe(plan)
})
