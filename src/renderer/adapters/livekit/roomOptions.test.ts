import { Track } from 'livekit-client'
import { describe, expect, test } from 'vitest'
import { createReconnectPolicy, selectCameraEncoding, toMediaKind } from './roomOptions.ts'

describe('a lost connection', () => {
  test('is sought again at once, then less and less often, spread by chance', () => {
    const delays = (chance: number) =>
      [0, 1, 2, 3, 4].map((retryCount) =>
        createReconnectPolicy(() => chance).nextRetryDelayInMs({ retryCount, elapsedMs: 0 }),
      )
    expect(delays(0)).toEqual([0, 300, 700, 1_500, 2_500])
    expect(delays(1)).toEqual([200, 450, 1_050, 2_250, 3_750])
  })

  test.each([
    [5, 0],
    [1, 8_001],
  ])('is given up after %i tries within %i ms, for a new one with a new token', (retryCount, elapsedMs) => {
    expect(createReconnectPolicy(() => 0).nextRetryDelayInMs({ retryCount, elapsedMs })).toBeNull()
  })
})

test('the largest picture has the rate that its size needs', () => {
  expect(selectCameraEncoding(720).maxBitrate).toBeGreaterThan(selectCameraEncoding(480).maxBitrate)
  expect(selectCameraEncoding(480).maxBitrate).toBeGreaterThan(selectCameraEncoding(240).maxBitrate)
})

test('what we never send is nothing to show', () => {
  expect(toMediaKind(Track.Source.ScreenShare)).toBe('screen')
  expect(toMediaKind(Track.Source.Unknown)).toBeNull()
})
