import { describe, expect, test } from 'vitest'
import type { Transfer } from '../ports/connectionTest.ts'
import { FIRST_UPLOAD_BYTES, planNextUploadBytes, selectTransferRateBps } from './transferRate.ts'

const transfer = (answerMs: number | null, ...progress: readonly [number, number][]): Transfer => ({
  answerMs,
  progress: progress.map(([atMs, bytes]) => ({ atMs, bytes })),
})

describe('the rate of a transfer', () => {
  test('leaves the slow start out', () => {
    const slowStart = transfer(100, [100, 0], [600, 50_000], [1_100, 300_000], [2_100, 1_300_000])
    // From 0.6 s on: 1,250,000 bytes in 1.5 s.
    expect(selectTransferRateBps(slowStart)).toBe(6_666_667)
  })

  test('takes a short one whole', () => {
    expect(selectTransferRateBps(transfer(10, [15, 1_000], [100, 100_000]))).toBe(8_000_000)
  })

  test('is what little came until its time was up', () => {
    expect(selectTransferRateBps(transfer(null, [2_000, 25_000]))).toBe(100_000)
    expect(selectTransferRateBps(transfer(null, [2_000, 0]))).toBe(0)
    expect(selectTransferRateBps({ answerMs: null, progress: [] })).toBe(0)
  })
})

describe('the next upload', () => {
  const options = { aimMs: 1_000, maxBytes: 8 * 1024 * 1024 }

  test('is as large as takes about a second', () => {
    expect(planNextUploadBytes(transfer(200, [200, FIRST_UPLOAD_BYTES]), options)).toBe(327_680)
  })

  test('is bounded on a fast line', () => {
    expect(planNextUploadBytes(transfer(1, [1, FIRST_UPLOAD_BYTES]), options)).toBe(options.maxBytes)
  })

  test('is not needed on a slow one, nor after one that did not get through', () => {
    expect(planNextUploadBytes(transfer(1_500, [1_500, FIRST_UPLOAD_BYTES]), options)).toBeNull()
    expect(planNextUploadBytes(transfer(null, [900, 10_000]), options)).toBeNull()
  })
})
