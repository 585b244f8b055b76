import { expect, test } from 'vitest'
import type { LinkQuality } from '../core/quality/selectLinkQuality.ts'
import { createMessages } from './createMessages.ts'
import { describeQuality } from './describeQuality.ts'

const { t } = createMessages()

function quality(changes: Partial<LinkQuality>): LinkQuality {
  return { grade: 'good', reason: null, video: 'full', ...changes }
}

const theirs = { cause: 'loss', side: 'theirs' } as const

test.each([
  [quality({}), 'Good network', 'Good network'],
  [quality({ grade: 'unknown' }), 'Network not measured yet', 'Network not measured yet'],
  [
    quality({ grade: 'poor', reason: theirs, video: 'lowered' }),
    'Weak network: video lowered',
    'Weak network: video lowered. Parts of sound and picture get lost. It is so with nobody else: most likely their network.',
  ],
  [
    quality({ grade: 'fair', reason: { cause: 'delay', side: 'unknown' } }),
    'Fair network',
    'Fair network. What is said takes long to arrive.',
  ],
  [
    quality({ grade: 'fair', reason: { cause: 'cpu', side: 'ours' }, video: 'lowered' }),
    'Busy computer: video lowered',
    'Busy computer: video lowered. This computer is too busy for a full picture.',
  ],
  [
    quality({ grade: 'fair', reason: { cause: 'jitter', side: 'ours' }, video: 'paused' }),
    'Fair network: video paused',
    'Fair network: video paused. Sound and picture arrive unevenly. It is so with everybody here: most likely your network.',
  ],
  [quality({ video: 'paused' }), 'Good network: video paused', 'Good network: video paused'],
  [quality({ video: 'lowered' }), 'Good network', 'Good network'],
])('%j in words', (given, short, full) => {
  expect(describeQuality(t, given)).toEqual({ short, full })
})
