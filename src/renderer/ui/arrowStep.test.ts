import { expect, test } from 'vitest'
import { arrowStep } from './arrowStep.ts'

test.each([
  ['ArrowRight', 'ltr', 1],
  ['ArrowLeft', 'ltr', -1],
  ['ArrowRight', 'rtl', -1],
  ['ArrowLeft', 'rtl', 1],
  ['ArrowDown', 'rtl', 1],
  ['ArrowUp', 'ltr', -1],
  ['a', 'rtl', 0],
] as const)('%s in a row read %s leads %d', (key, direction, step) => {
  expect(arrowStep(key, direction)).toBe(step)
})
