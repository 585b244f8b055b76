import { expect, test } from 'vitest'
import { median, quantile } from './report.ts'

test.each([
  [[5, 1, 3], 0.5, 3],
  [[4, 1, 3, 2], 0.5, 2],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
  [[7], 0.99, 7],
  [[2, 1], 0, 1],
])('the quantile of %j at %f is %f', (values, ratio, expected) => {
  expect(quantile(values, ratio)).toBe(expected)
})

test('nothing has no median', () => {
  expect(median([])).toBeNaN()
})
