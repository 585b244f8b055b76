import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mannWhitney } from './mannWhitney.ts'

const count = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('the rank test', () => {
  test('tells nothing of a sample beside itself', () => {
    expect(mannWhitney(count(1, 30), count(1, 30))).toEqual({ pValue: 1, probabilityOfSuperiority: 0.5 })
    expect(mannWhitney([7, 7, 7], [7, 7])).toEqual({ pValue: 1, probabilityOfSuperiority: 0.5 })
  })

  // Worked out by the definition, pair by pair, with an exact error function.
  test.each([
    ['apart', count(1, 20), count(21, 40), 0, 6.7956151e-8],
    ['shifted by three', count(1, 20), count(4, 23), 0.36125, 0.1365024807],
    ['with ties', [1, 1, 2, 2, 2, 3, 3, 4, 5, 5], [2, 2, 3, 3, 3, 4, 4, 5, 5, 6], 0.32, 0.1766611511],
  ])('agrees with known figures: %s', (_name, left, right, superiority, pValue) => {
    const found = mannWhitney(left, right)
    expect(found.probabilityOfSuperiority).toBeCloseTo(superiority, 10)
    expect(found.pValue / pValue).toBeCloseTo(1, 5)
  })

  test('does not depend on which sample comes first', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 40 })
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const [one, other] = [mannWhitney(left, right), mannWhitney(right, left)]
        expect(one.pValue).toBeCloseTo(other.pValue, 10)
        expect(one.probabilityOfSuperiority + other.probabilityOfSuperiority).toBeCloseTo(1, 10)
      }),
    )
  })
})
