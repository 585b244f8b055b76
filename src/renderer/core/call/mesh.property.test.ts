import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulation } from '../../../../test/support/callSimulation.ts'

/** What may happen to people while they meet. Indices are taken modulo whatever there is. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), who: fc.nat(3) }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(40) }) },
  fc.record({ kind: fc.constant('lose' as const), which: fc.nat(40) }),
  fc.record({ kind: fc.constant('repeat' as const), which: fc.nat(40) }),
  fc.record({ kind: fc.constant('disconnect' as const), who: fc.nat(3) }),
  fc.record({ kind: fc.constant('reconnect' as const), who: fc.nat(3) }),
  fc.record({ kind: fc.constant('breakPeer' as const), which: fc.nat(12) }),
  fc.record({ kind: fc.constant('interrupt' as const), which: fc.nat(12) }),
  fc.record({ kind: fc.constant('wait' as const), durationMs: fc.constantFrom(100, 1_000, 5_000, 20_000) }),
)

/** A peer dies just before it is told to seek another path: it is gone all the same. */
const deadBeforeItsRestart: Parameters<ReturnType<typeof createSimulation>['apply']>[0][] = [
  { kind: 'join', who: 1 },
  { kind: 'join', who: 0 },
  { kind: 'reconnect', who: 0 },
  { kind: 'lose', which: 0 },
  { kind: 'reconnect', who: 3 },
  { kind: 'deliver', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'join', who: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'join', who: 0 },
  { kind: 'reconnect', who: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'reconnect', who: 0 },
  { kind: 'repeat', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'repeat', which: 0 },
  { kind: 'interrupt', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'join', who: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'breakPeer', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'deliver', which: 0 },
  { kind: 'disconnect', who: 0 },
]

test('whatever was lost, repeated or reordered: once it is calm, each pair has one link and one caller', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }),
      fc.array(happening, { minLength: 20, maxLength: 120 }),
      (count, happenings) => {
        const simulation = createSimulation(count)
        for (const event of happenings) simulation.apply(event)
        simulation.calmDown()
        expect(simulation.describeFlaws()).toEqual([])
      },
    ),
    { numRuns: 300, examples: [[2, deadBeforeItsRestart]] },
  )
})
