import { expect, test } from 'vitest'
import { selectLinkQuality } from './selectLinkQuality.ts'

test.each([
  [null, null, 'unknown', 'unknown'],
  [40, null, 'unknown', 'good'],
  [null, 0, 'unknown', 'good'],
  [40, 0, 'good', 'good'],
  [320, 0, 'good', 'fair'],
  [40, 0.05, 'good', 'fair'],
  [700, 0, 'good', 'poor'],
  [40, 0.2, 'good', 'poor'],
  // Only a bit better than the bound is not better yet.
  [290, 0, 'fair', 'fair'],
  [230, 0, 'fair', 'good'],
  [40, 0.09, 'poor', 'poor'],
  [40, 0.05, 'poor', 'fair'],
  [40, 0, 'poor', 'good'],
] as const)('%s ms and a loss of %s after %s are %s', (roundTripMs, lossRatio, previous, quality) => {
  expect(selectLinkQuality({ roundTripMs, lossRatio }, previous)).toBe(quality)
})

test('without a reading it is unknown', () => {
  expect(selectLinkQuality(null, 'good')).toBe('unknown')
})
