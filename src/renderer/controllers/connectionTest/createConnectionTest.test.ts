import { expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type {
  ConnectionTestPort,
  Measurement,
  RelayReading,
  Transfer,
  TransferFailure,
} from '../../core/ports/connectionTest.ts'
import { type ConnectionTest, createConnectionTest } from './createConnectionTest.ts'

type TransferOutcome = Result<Transfer, TransferFailure>

/** A promise to be resolved from outside. */
function createHeld() {
  let resolve: (outcome: TransferOutcome) => void = () => undefined
  const outcome = new Promise<TransferOutcome>((settle) => {
    resolve = settle
  })
  return { outcome, resolve }
}

/** A line of a given speed on which time passes only as the bytes take it. */
function createLine(speed: { readonly downBps: number; readonly upBps: number }) {
  const clock = createFakeClock()
  const asked: string[] = []
  const line = {
    ...speed,
    relay: { kind: 'none' } as RelayReading,
    failure: null as TransferFailure | null,
    /** Set to keep a measurement under way. */
    isHeld: false,
    cancelled: 0,
  }
  const move = (
    name: string,
    bps: number,
    limits: { readonly bytes: number; readonly timeMs: number },
  ): Measurement<TransferOutcome> => {
    asked.push(`${name} ${limits.bytes}`)
    const held = createHeld()
    const tookMs = Math.min(limits.timeMs, (limits.bytes * 8_000) / bps)
    if (line.failure !== null) held.resolve(err(line.failure))
    else if (!line.isHeld) {
      clock.advance(tookMs)
      held.resolve(ok({ answerMs: 0, progress: [{ atMs: tookMs, bytes: (bps * tookMs) / 8_000 }] }))
    }
    return {
      outcome: held.outcome,
      cancel() {
        line.cancelled += 1
        held.resolve(err('cancelled'))
      },
    }
  }
  const port: ConnectionTestPort = {
    download: (limits) => move('download', line.downBps, limits),
    upload: (limits) => move('upload', line.upBps, limits),
    relay: () => ({ outcome: Promise.resolve(line.relay), cancel: () => undefined }),
  }
  const connectionTest = createConnectionTest({ port, clock, deviceClass: 'strong' })
  return { line, asked, clock, connectionTest }
}

const verdictOf = (connectionTest: ConnectionTest) => {
  const state = connectionTest.store.getState()
  return state.kind === 'done' ? state.verdict : state
}

test('a fast line is good for large pictures', async () => {
  const { connectionTest, asked } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
  await connectionTest.start({ anew: false })
  expect(verdictOf(connectionTest)).toMatchObject({ quality: '720p', reason: 'recommended' })
  expect(connectionTest.store.getState()).toMatchObject({
    readings: { downloadBps: 30_000_000, uploadBps: 10_000_000 },
  })
  expect(asked).toEqual(['download 8388608', 'upload 65536', 'upload 1250000'])
})

test('a slow line takes no longer than six seconds to be found out', async () => {
  const { connectionTest, clock } = createLine({ downBps: 200_000, upBps: 100_000 })
  await connectionTest.start({ anew: false })
  expect(verdictOf(connectionTest)).toMatchObject({ quality: 'audioOnly', reason: 'slowUpload' })
  expect(clock.now()).toBeLessThanOrEqual(6_000)
})

test('with the backend on this machine there is no line to measure: the machine alone decides', async () => {
  const connectionTest = createConnectionTest({
    port: null,
    clock: createFakeClock(),
    deviceClass: 'ordinary',
  })
  await connectionTest.start({ anew: false })
  expect(verdictOf(connectionTest)).toMatchObject({ quality: '480p', reason: 'machine' })
  expect(connectionTest.store.getState()).toMatchObject({ readings: { uploadBps: null } })
})

test('what a relay loses counts', async () => {
  const { connectionTest, line } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
  line.relay = { kind: 'works', lossRatio: 0.05, roundTripMs: 30 }
  await connectionTest.start({ anew: false })
  expect(verdictOf(connectionTest)).toMatchObject({ quality: '360p', reason: 'loss' })
})

test('a verdict holds for ten minutes, unless it is asked for anew', async () => {
  const { connectionTest, asked, clock } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
  await connectionTest.start({ anew: false })
  const once = asked.length
  await connectionTest.start({ anew: false })
  expect(asked).toHaveLength(once)
  await connectionTest.start({ anew: true })
  expect(asked).toHaveLength(2 * once)
  clock.advance(10 * 60_000)
  await connectionTest.start({ anew: false })
  expect(asked).toHaveLength(3 * once)
})

test('joining meanwhile gives it up, and nothing is decided', async () => {
  const { connectionTest, line } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
  line.isHeld = true
  const testing = connectionTest.start({ anew: false })
  expect(connectionTest.store.getState()).toEqual({ kind: 'running', part: 'download' })
  connectionTest.cancel()
  await testing
  expect(line.cancelled).toBe(1)
  expect(connectionTest.store.getState()).toEqual({ kind: 'idle' })
})

test('a second start replaces the first', async () => {
  const { connectionTest, line } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
  line.isHeld = true
  const first = connectionTest.start({ anew: false })
  line.isHeld = false
  await connectionTest.start({ anew: true })
  await first
  expect(verdictOf(connectionTest)).toMatchObject({ quality: '720p' })
})

test.each(['unreachable', 'rate_limited'] as const)(
  '%s is told, and the next start tries again',
  async (failure) => {
    const { connectionTest, line } = createLine({ downBps: 30_000_000, upBps: 10_000_000 })
    line.failure = failure
    await connectionTest.start({ anew: false })
    expect(connectionTest.store.getState()).toEqual({ kind: 'failed', failure })
    line.failure = null
    await connectionTest.start({ anew: false })
    expect(verdictOf(connectionTest)).toMatchObject({ quality: '720p' })
  },
)
