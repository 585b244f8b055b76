import { describe, expect, test } from 'vitest'
import { judgeLink, selectLinkSides, selectOwnQuality, unknownQuality } from './selectLinkQuality.ts'

const good = { grade: 'good', cause: null } as const
const late = { grade: 'fair', cause: 'delay' } as const
const lossy = { grade: 'poor', cause: 'loss' } as const
const unknown = { grade: 'unknown', cause: null } as const

describe('a link by its figures', () => {
  test.each([
    [null, null, null, 'unknown', 'unknown', null],
    [40, null, null, 'unknown', 'good', null],
    [null, 0, null, 'unknown', 'good', null],
    [null, null, 3, 'unknown', 'good', null],
    [40, 0, 3, 'good', 'good', null],
    [320, 0, 3, 'good', 'fair', 'delay'],
    [40, 0.05, 3, 'good', 'fair', 'loss'],
    [40, 0, 60, 'good', 'fair', 'jitter'],
    [700, 0, 3, 'good', 'poor', 'delay'],
    [40, 0.2, 3, 'good', 'poor', 'loss'],
    [40, 0, 150, 'good', 'poor', 'jitter'],
    // Of several, the worst is told; of equals, what is heard most.
    [700, 0.05, 60, 'good', 'poor', 'delay'],
    [700, 0.2, 150, 'good', 'poor', 'loss'],
    // Only a bit better than the bound is not better yet.
    [290, 0, 3, 'fair', 'fair', 'delay'],
    [230, 0, 3, 'fair', 'good', null],
    [40, 0.09, 3, 'poor', 'poor', 'loss'],
    [40, 0.05, 3, 'poor', 'fair', 'loss'],
    [40, 0, 3, 'poor', 'good', null],
    [40, 0, 45, 'fair', 'fair', 'jitter'],
  ] as const)(
    '%s ms, a loss of %s and %s ms of jitter after %s are %s by %s',
    (rttMs, lossRatio, jitterMs, previous, grade, cause) => {
      expect(judgeLink({ rttMs, lossRatio, jitterMs }, previous)).toEqual({ grade, cause })
    },
  )

  test('without a reading it is unknown', () => {
    expect(judgeLink(null, 'good')).toEqual(unknown)
  })
})

describe('the side that is to blame', () => {
  const sides = (links: readonly (typeof good | typeof late | typeof lossy | typeof unknown)[]) => [
    ...selectLinkSides(new Map(links.map((link, index) => [index, link]))).values(),
  ]

  test('is not known of a single link', () => {
    expect(sides([lossy, unknown])).toEqual([{ cause: 'loss', side: 'unknown' }, null])
  })

  test('is theirs while others do well', () => {
    expect(sides([lossy, good])).toEqual([{ cause: 'loss', side: 'theirs' }, null])
  })

  test('is ours when everybody suffers', () => {
    expect(sides([lossy, late])).toEqual([
      { cause: 'loss', side: 'ours' },
      { cause: 'delay', side: 'ours' },
    ])
  })
})

describe('our own side', () => {
  const own = (
    links: readonly (typeof good | typeof late | typeof lossy | typeof unknown)[],
    limitation: 'cpu' | 'bandwidth' | null = null,
  ) => selectOwnQuality(new Map(links.map((link, index) => [index, link])), limitation)

  test('is unknown before anything was measured', () => {
    expect(own([])).toEqual(unknownQuality)
    expect(own([unknown])).toEqual(unknownQuality)
  })

  test('is good while somebody is reached well', () => {
    expect(own([good, lossy])).toEqual({ grade: 'good', reason: null, video: 'full' })
    expect(own([lossy])).toMatchObject({ grade: 'good' })
  })

  test('is as good as its best link when everybody suffers', () => {
    expect(own([lossy, late])).toEqual({
      grade: 'fair',
      reason: { cause: 'delay', side: 'ours' },
      video: 'full',
    })
  })

  test.each(['cpu', 'bandwidth'] as const)('is told to be held back by %s', (cause) => {
    expect(own([good], cause)).toEqual({ grade: 'fair', reason: { cause, side: 'ours' }, video: 'lowered' })
  })
})
