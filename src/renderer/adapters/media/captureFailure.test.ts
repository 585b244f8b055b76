import { expect, test } from 'vitest'
import { toCaptureFailure } from './captureFailure.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['TypeError', 'failed'],
] as const)('%s means %s', (name, failure) => {
  expect(toCaptureFailure({ name })).toBe(failure)
})

test('something that is no error at all is a failure too', () => {
  expect(toCaptureFailure(null)).toBe('failed')
})
