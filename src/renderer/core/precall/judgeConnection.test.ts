import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RelayReading } from '../ports/connectionTest.ts'
import type { StartingQuality } from '../quality/qualityInput.ts'
import { judgeConnection, type ConnectionReadings } from './judgeConnection.ts'

const fast: ConnectionReadings = {
  uploadBps: 20_000_000,
  downloadBps: 50_000_000,
  relay: { kind: 'none' },
  deviceClass: 'strong',
}

describe('a call begins', () => {
  test.each([
    [{}, '720p', 'recommended'],
    [{ uploadBps: 3_000_000, downloadBps: 6_000_000 }, '720p', 'recommended'],
    [{ uploadBps: 2_999_999 }, '480p', 'slowUpload'],
    [{ downloadBps: 5_999_999 }, '480p', 'slowDownload'],
    [{ uploadBps: 1_500_000, downloadBps: 3_000_000 }, '480p', 'slowUpload'],
    [{ uploadBps: 1_499_999 }, '360p', 'slowUpload'],
    [{ downloadBps: 2_999_999 }, '360p', 'slowDownload'],
    [{ uploadBps: 400_000 }, 'audioOnly', 'slowUpload'],
    [{ uploadBps: 400_000, downloadBps: 0 }, 'audioOnly', 'slowUpload'],
    [{ downloadBps: 900_000 }, 'audioOnly', 'slowDownload'],
    [{ relay: { kind: 'blocked' } }, '720p', 'recommended'],
    [{ relay: { kind: 'works', lossRatio: 0.01, roundTripMs: 20 } }, '720p', 'recommended'],
    [{ relay: { kind: 'works', lossRatio: 0.05, roundTripMs: 20 } }, '360p', 'loss'],
    [{ relay: { kind: 'works', lossRatio: 0.2, roundTripMs: 20 } }, 'audioOnly', 'loss'],
    [{ deviceClass: 'ordinary' }, '480p', 'machine'],
    [{ deviceClass: 'weak' }, '360p', 'machine'],
    [{ uploadBps: null, downloadBps: null }, '720p', 'recommended'],
    [{ uploadBps: null, downloadBps: null, deviceClass: 'ordinary' }, '480p', 'machine'],
  ] satisfies readonly [Partial<ConnectionReadings>, StartingQuality, string][])(
    '%j with %s because of %s',
    (readings, quality, reason) => {
      expect(judgeConnection({ ...fast, ...readings })).toMatchObject({ quality, reason })
    },
  )

  test('with a background on all but weak machines, whatever the line', () => {
    expect(judgeConnection(fast).isBlurAdvised).toBe(true)
    expect(judgeConnection({ ...fast, deviceClass: 'ordinary', uploadBps: 100_000 }).isBlurAdvised).toBe(true)
    expect(judgeConnection({ ...fast, deviceClass: 'weak' }).isBlurAdvised).toBe(false)
  })

  test.each([
    [{}, '720p', '720p'],
    [{ uploadBps: 1_600_000 }, '480p', '720p'],
    [{ downloadBps: 1_600_000 }, '720p', '360p'],
    [{ uploadBps: 1_600_000, relay: { kind: 'works', lossRatio: 0.05, roundTripMs: 20 } }, '360p', '360p'],
    [{ deviceClass: 'weak' }, '720p', '720p'],
  ] satisfies readonly [Partial<ConnectionReadings>, StartingQuality, StartingQuality][])(
    '%j by its line with %s out and %s in',
    (readings, sends, receives) => {
      expect(judgeConnection({ ...fast, ...readings })).toMatchObject({ sends, receives })
    },
  )
})

const classes = ['weak', 'ordinary', 'strong'] as const
const ranks = { audioOnly: 0, '360p': 1, '480p': 2, '720p': 3 } as const
const relays = fc.oneof(
  fc.constant<RelayReading>({ kind: 'none' }),
  fc.record({
    kind: fc.constant('works' as const),
    lossRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    roundTripMs: fc.nat(2_000),
  }),
)
const readings = fc.record({
  uploadBps: fc.nat(10_000_000),
  downloadBps: fc.nat(20_000_000),
  relay: relays,
  deviceClass: fc.constantFrom(...classes),
})

test('more of anything never makes a call begin worse', () => {
  fc.assert(
    fc.property(readings, fc.nat(5_000_000), fc.nat(5_000_000), fc.nat(2), (less, up, down, stronger) => {
      const more = {
        ...less,
        uploadBps: less.uploadBps + up,
        downloadBps: less.downloadBps + down,
        deviceClass: classes[Math.min(2, classes.indexOf(less.deviceClass) + stronger)] ?? 'strong',
      }
      expect(ranks[judgeConnection(more).quality]).toBeGreaterThanOrEqual(
        ranks[judgeConnection(less).quality],
      )
    }),
  )
})
