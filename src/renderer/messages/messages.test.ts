import { describe, expect, test } from 'vitest'
import { apiErrorCodeSchema } from '../../shared/api/errors.ts'
import type { CaptureFailure } from '../core/ports/localMedia.ts'
import { createMessages } from './createMessages.ts'
import { describeBackendFailure, describeCaptureProblem, describeRoomsFailure } from './describeFailure.ts'

const { t } = createMessages()

describe('every failure has words of its own', () => {
  test.each([...apiErrorCodeSchema.options, 'unreachable'] as const)('%s', (kind) => {
    const sentence = describeRoomsFailure(t, { kind, message: 'internal words', retryAfterMs: null })
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toContain('failure.')
  })

  test.each(['denied', 'missing', 'busy', 'failed'] as const satisfies readonly CaptureFailure[])(
    'a camera that is %s, on each system',
    (reason) => {
      for (const platform of ['win32', 'darwin', 'linux', 'other'] as const) {
        const words = describeCaptureProblem(t, 'camera', { kind: 'unavailable', reason }, platform)
        expect(words).toMatch(/^[A-Z].*\.$/)
      }
    },
  )

  test('a device that is late, and none that is about to start', () => {
    const wordsOf = (isLate: boolean) =>
      describeCaptureProblem(t, 'microphone', { kind: 'starting', isLate }, 'linux')
    expect(wordsOf(true)).toMatch(/^Your microphone has not started yet\./)
    expect(wordsOf(false)).toBeNull()
  })

  test.each(['disk-full', 'crashed_repeatedly', 'saved_key_unreadable'])('a backend: %s', (kind) => {
    expect(describeBackendFailure(t, kind)).toMatch(/^[A-Z].*\.$/)
  })

  test('a backend fails in a way that has no name: its own sentence must do', () => {
    expect(describeBackendFailure(t, 'toString')).toBe('')
  })

  test('waiting is told in seconds', () => {
    const wait = (retryAfterMs: number) =>
      describeRoomsFailure(t, { kind: 'rate_limited', message: '', retryAfterMs })
    expect(wait(42_000)).toContain('42 seconds')
    expect(wait(300)).toContain('1 second.')
  })
})

test('counts of people follow the number', () => {
  expect(t('room.count', { count: 1 })).toBe('1 person here')
  expect(t('room.count', { count: 4 })).toBe('4 people here')
})
