import { expect, test } from 'vitest'
import { planSparkline } from './planSparkline.ts'

const box = { width: 100, height: 10, steps: 3, floor: 10 }

test.each([
  [[0, 5, 10], 'M0.0 10.0L50.0 5.0L100.0 0.0'],
  // The newest stands at the right, however few there are.
  [[5], 'M100.0 5.0'],
  // Only the latest fit.
  [[9, 0, 5, 10], 'M0.0 10.0L50.0 5.0L100.0 0.0'],
  // A higher value takes the scale along.
  [[0, 10, 20], 'M0.0 10.0L50.0 5.0L100.0 0.0'],
  [[10, null, 10], 'M0.0 0.0M100.0 0.0'],
  [[null], ''],
  [[], ''],
] as const)('%j is drawn as %s', (values, path) => {
  expect(planSparkline(values, box)).toBe(path)
})

test('without a scale nothing is drawn', () => {
  expect(planSparkline([0, 0], { ...box, floor: 0 })).toBe('')
})
