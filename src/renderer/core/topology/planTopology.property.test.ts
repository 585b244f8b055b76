import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTopologySimulation } from '../../../../test/support/topologySimulation.ts'

/** What may happen to people while their room goes to and fro. Indices are taken modulo whatever there is. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('move' as const) }),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(60) }) },
  fc.record({ kind: fc.constant('lose' as const), which: fc.nat(60) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('enter' as const), who: fc.nat(4) }) },
  fc.record({ kind: fc.constant('loseSfu' as const), who: fc.nat(4) }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('arrive' as const), who: fc.nat(4), whose: fc.nat(4) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('connect' as const), who: fc.nat(4), whose: fc.nat(4) }),
  },
)

test('however a room goes to and fro: nobody loses sight of somebody who could be seen, and in the end there is one path', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5 }),
      fc.array(happening, { minLength: 20, maxLength: 100 }),
      (count, happenings) => {
        const simulation = createTopologySimulation(count)
        for (const event of happenings) simulation.apply(event)
        expect(simulation.losses()).toEqual([])
        simulation.calmDown()
        expect(simulation.losses()).toEqual([])
        expect(simulation.describeFlaws()).toEqual([])
      },
    ),
    { numRuns: 80 },
  )
})
