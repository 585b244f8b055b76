import { describe, expect, test } from 'vitest'
import type { ConnectivityChange } from '../ports/connectivity.ts'
import { admitChange, type ChangeSource, selectConnectivityChange, type ToldChanges } from './admitChange.ts'

function admitted(
  events: readonly (readonly [number, ConnectivityChange, ChangeSource])[],
): readonly boolean[] {
  let told: ToldChanges = {}
  return events.map(([atMs, change, source]) => {
    const next = admitChange(told, change, source, atMs)
    told = next.told
    return next.isNews
  })
}

describe('a change that page and system both notice', () => {
  test('is told once, whoever was first', () => {
    expect(
      admitted([
        [0, 'resumed', 'page'],
        [300, 'resumed', 'system'],
        [60_000, 'resumed', 'system'],
        [60_900, 'resumed', 'page'],
      ]),
    ).toEqual([true, false, true, false])
  })

  test('is told again when it happens again', () => {
    expect(
      admitted([
        [0, 'online', 'page'],
        [1_500, 'online', 'system'],
        [2_000, 'online', 'page'],
        [20_000, 'online', 'system'],
      ]),
    ).toEqual([true, false, true, true])
  })

  test('does not hide another one: after sleep the network comes later', () => {
    expect(
      admitted([
        [0, 'resumed', 'page'],
        [800, 'online', 'system'],
        [900, 'changed', 'page'],
      ]),
    ).toEqual([true, true, true])
  })
})

test.each([
  ['resumed', 'resumed'],
  ['networkBack', 'online'],
  ['networkChanged', 'changed'],
  ['unlocked', 'changed'],
  ['locked', null],
  ['suspending', null],
] as const)('%s means %s', (change, expected) => {
  expect(selectConnectivityChange(change)).toBe(expected)
})
