import { describe, expect, test } from 'vitest'
import { qualitySampleSchema } from '../../../shared/api/qualitySamples.ts'
import { summarizeSample, type MeasuredWindow, type TransportReading } from './summarizeSample.ts'

const reading: TransportReading = {
  id: 'Ada',
  pathKind: 'host',
  rttMs: 40,
  jitterMs: 4,
  packetsReceived: 0,
  packetsLost: 0,
  bytesSent: 0,
  bytesReceived: 0,
  videoBytesSent: 0,
  videoBytesReceived: 0,
  audioBytesSent: 0,
  audioBytesReceived: 0,
  frameWidth: 640,
  frameHeight: 480,
  fps: 24,
  limitation: 'none',
}

const quiet: MeasuredWindow = {
  windowMs: 60_000,
  topology: 'mesh',
  before: [reading],
  after: [reading],
  connectionAttempts: 0,
  connectionSuccesses: 0,
  cpuLoadPercent: null,
}

describe('a sample of a window', () => {
  test('counts what rose within it, and not what was there before', () => {
    const before = [{ ...reading, bytesSent: 1_000, packetsReceived: 100, packetsLost: 50 }]
    const after = [
      { ...reading, bytesSent: 7_000, videoBytesSent: 6_000, packetsReceived: 190, packetsLost: 60 },
      { ...reading, id: 'Chloe', bytesSent: 500, pathKind: 'relay' as const, rttMs: 80, frameHeight: 720 },
    ]
    const sample = summarizeSample({ ...quiet, before, after, connectionAttempts: 2, connectionSuccesses: 1 })
    expect(sample).toMatchObject({
      bytesSent: 6_500,
      videoUpBps: 800,
      lossRatio: 0.1,
      rttMs: 60,
      pathKind: 'relay',
      frameHeight: 720,
      connectionAttempts: 2,
      connectionSuccesses: 1,
    })
    expect(qualitySampleSchema.safeParse(sample).success).toBe(true)
  })

  test('says nothing of what nobody measured', () => {
    const unknown = {
      ...reading,
      rttMs: null,
      jitterMs: null,
      fps: null,
      frameWidth: null,
      frameHeight: null,
    }
    expect(summarizeSample({ ...quiet, before: [], after: [unknown] })).toMatchObject({
      rttMs: null,
      lossRatio: null,
      fps: null,
      frameWidth: null,
      frameHeight: null,
    })
  })

  test('a counter that falls back counts as none', () => {
    const before = [{ ...reading, packetsLost: 9 }]
    const after = [{ ...reading, packetsReceived: 10, packetsLost: 3 }]
    expect(summarizeSample({ ...quiet, before, after })?.lossRatio).toBe(0)
  })

  test('is none where nothing was there, or the window is too short or too long', () => {
    expect(summarizeSample({ ...quiet, after: [] })).toBeNull()
    expect(summarizeSample({ ...quiet, windowMs: 999 })).toBeNull()
    expect(summarizeSample({ ...quiet, windowMs: 120_001 })).toBeNull()
  })
})
