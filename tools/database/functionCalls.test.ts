import { expect, test } from 'vitest'
import { findUncalledFunctions } from './functionCalls.ts'

test('a function that no test has had an answer of is told', () => {
  const calls = new Map([
    ['join_room', 12],
    ['pause_timer', 0],
  ])
  expect(findUncalledFunctions(calls)).toEqual(['pause_timer: no test has had an answer of it'])
})
