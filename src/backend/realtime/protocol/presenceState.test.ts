import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialPresence, type OfficialPresence } from '../testing/officialClient.ts'
import {
  emptyDiff,
  emptyPresence,
  isEmptyDiff,
  mergeDiffs,
  presenceDiffJson,
  presenceStateJson,
  trackPresence,
  untrackPresence,
  type PresenceDiff,
} from './presenceState.ts'

type Step =
  | { readonly kind: 'track'; readonly member: number; readonly name: number }
  | { readonly kind: 'untrack'; readonly member: number }
  /** What is waiting is sent. */
  | { readonly kind: 'flush' }
  /** Somebody comes and is given the state. */
  | { readonly kind: 'arrive' }

const member = fc.integer({ min: 0, max: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('track' as const), member, name: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant('untrack' as const), member }),
  fc.constant({ kind: 'flush' as const }),
  fc.constant({ kind: 'arrive' as const }),
)

/** Refs by key, sorted: the order of several metas under one key is nobody's promise. */
function refsByKey(state: OfficialPresence): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(state).map(([key, { metas }]) => [key, metas.map(({ phx_ref }) => phx_ref).sort()]),
  )
}

describe('presence', () => {
  test('converges in every official client, whenever it came and however changes were batched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = emptyPresence
        let pending: PresenceDiff = emptyDiff
        let refs = 0
        const clients: OfficialPresence[] = []
        const flush = () => {
          const diff: { joins: OfficialPresence; leaves: OfficialPresence } = JSON.parse(
            presenceDiffJson(pending),
          )
          pending = emptyDiff
          clients.forEach((client, index) => {
            clients[index] = officialPresence.syncDiff(client, diff)
          })
        }
        for (const action of [...steps, { kind: 'flush' } as const]) {
          if (action.kind === 'flush') flush()
          else if (action.kind === 'arrive') {
            // As the hub does: what is waiting goes out before anybody is given the state.
            flush()
            const snapshot: OfficialPresence = JSON.parse(presenceStateJson(state))
            clients.push(officialPresence.syncState({}, snapshot))
          } else {
            refs += 1
            // Two members share each key.
            const who = { id: String(action.member), key: `key${action.member % 2}` }
            const change =
              action.kind === 'track'
                ? trackPresence(state, who, { name: action.name }, `r${refs}`)
                : untrackPresence(state, who.id)
            state = change.state
            if (change.diff !== null) pending = mergeDiffs(pending, change.diff)
          }
        }
        const truthState: OfficialPresence = JSON.parse(presenceStateJson(state))
        const truth = refsByKey(truthState)
        for (const client of clients) expect(refsByKey(client)).toEqual(truth)
      }),
      { numRuns: 500 },
    )
  })

  test('keeps the thread from one version to the next', () => {
    const ana = { id: 'm1', key: 'ana' }
    const first = trackPresence(emptyPresence, ana, { name: 'Ana' }, 'r1')
    const second = trackPresence(first.state, ana, { name: 'Anna' }, 'r2')
    expect(JSON.parse(presenceDiffJson(second.diff ?? emptyDiff))).toEqual({
      joins: { ana: { metas: [{ name: 'Anna', phx_ref: 'r2', phx_ref_prev: 'r1' }] } },
      leaves: { ana: { metas: [{ name: 'Ana', phx_ref: 'r1' }] } },
    })
  })

  test('says nothing when nothing changed', () => {
    const ana = { id: 'm1', key: 'ana' }
    const { state } = trackPresence(emptyPresence, ana, { name: 'Ana' }, 'r1')
    expect(trackPresence(state, ana, { name: 'Ana' }, 'r2').diff).toBeNull()
    expect(untrackPresence(state, 'm2').diff).toBeNull()
  })

  test('that came and went between two diffs is in neither', () => {
    const ana = { id: 'm1', key: 'ana' }
    const came = trackPresence(emptyPresence, ana, {}, 'r1')
    const went = untrackPresence(came.state, 'm1')
    expect(isEmptyDiff(mergeDiffs(came.diff ?? emptyDiff, went.diff ?? emptyDiff))).toBe(true)
  })

  test('does not let a payload name its own version, nor a key break out', () => {
    const hostile = { id: 'm1', key: '__proto__' }
    const payload: Record<string, unknown> = JSON.parse('{"phx_ref": "forged", "__proto__": {"admin": true}}')
    const { state } = trackPresence(emptyPresence, hostile, payload, 'r1')
    expect(presenceStateJson(state)).toBe(
      '{"__proto__":{"metas":[{"phx_ref":"r1","__proto__":{"admin":true}}]}}',
    )
  })
})
