import { expect, test } from 'vitest'
import { toLevel } from './levelMeter.ts'

test.each([
  ['silence', 0, 0],
  ['full scale', 1, 1],
  ['half of what ears hear between', 0.0316, 0.5],
  ['a quiet room', 0.0005, 0],
] as const)('%s', (_, amplitude, level) => {
  expect(toLevel(new Float32Array(64).fill(amplitude))).toBeCloseTo(level, 2)
})
