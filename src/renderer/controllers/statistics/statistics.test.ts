import { beforeEach, describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeStatistics, type FakeStatistics } from '../../../../test/support/fakes/fakeStatistics.ts'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import { createInbound, createReading } from '../../../../test/support/readings.ts'
import type { QualitySample } from '../../../shared/api/qualitySamples.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { createReadingLoop } from './createReadingLoop.ts'
import { createSampleSender, type SampleSender } from './createSampleSender.ts'
import { createStatisticsController, type OwnedStatisticsController } from './createStatisticsController.ts'

const { room } = createLiveSnapshot()

const live = (connectionId = 'Ben') =>
  createLiveSnapshot({
    self: { userId: 'user-Ben', connectionId, displayName: 'Ben', handRaisedAt: null },
    others: [createPersonSnapshot('Ada')],
  })

const left: CallSnapshot = { kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }

interface Sent {
  readonly atMs: number
  readonly connectionId: string
  readonly sample: QualitySample
}

let clock: FakeClock
let statistics: FakeStatistics
/** Whose pictures nobody looks at. */
let hidden: Set<string>
let call: ReturnType<typeof createCallStore>
let sent: Sent[]
let answer: () => Promise<boolean>
let sender: SampleSender
let controller: OwnedStatisticsController

function createCallStore() {
  return createStore<CallSnapshot>(() => ({ kind: 'idle' }))
}

/** `random` decides when the first window ends: at 0 after 30 s, at 1 after 60 s. */
function build(random = 0): void {
  const listen = createReadingLoop({ statistics, clock })
  controller = createStatisticsController({
    call,
    listen,
    isExpected: (connectionId) => !hidden.has(connectionId),
    circumstances: () => ({ isFocus: false, ownLoadPercent: null }),
  })
  sender = createSampleSender({
    call,
    listen,
    statistics,
    samples: {
      send({ connectionId }, sample) {
        sent.push({ atMs: clock.now(), connectionId, sample })
        return answer()
      },
    },
    clock,
    random: () => random,
  })
}

beforeEach(() => {
  clock = createFakeClock()
  statistics = createFakeStatistics()
  hidden = new Set()
  call = createCallStore()
  sent = []
  answer = () => Promise.resolve(true)
})

/** Lets a call run in which Ada's picture comes with 1 Mbit/s. */
async function run(durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 1_000) {
    const bytes = 125 * clock.now()
    statistics.readings = [
      createReading('Ada', {
        atMs: clock.now(),
        bytesReceived: bytes,
        inbound: [createInbound('Ada', 'video', { bytes, packets: clock.now() / 10 })],
      }),
    ]
    await clock.advanceAsync(1_000)
  }
}

describe('reading', () => {
  test('happens every 2 s for all who listen, while the call is live and not outside it', async () => {
    build()
    await clock.advanceAsync(10_000)
    expect(statistics.readCount).toBe(0)
    call.setState(live(), true)
    await run(10_000)
    expect(statistics.readCount).toBe(6)
    call.setState(left, true)
    await clock.advanceAsync(60_000)
    expect(statistics.readCount).toBe(6)
    expect(clock.pendingCount()).toBe(0)
  })

  test('a reading that comes back after the end is not believed', async () => {
    const begun: (() => void)[] = []
    statistics.read = () =>
      new Promise((resolve) => {
        begun.push(() => resolve([createReading('Ada')]))
      })
    build()
    call.setState(live(), true)
    call.setState(left, true)
    call.setState(live('Ben 2'), true)
    begun[0]?.()
    await clock.advanceAsync(0)
    expect(controller.store.getState().links).toEqual({})
  })
})

describe('quality', () => {
  test('is measured of everybody in the call, and forgotten with it', async () => {
    build()
    call.setState(live(), true)
    await run(6_000)
    expect(controller.store.getState().links['Ada']).toMatchObject({ grade: 'good' })
    expect(controller.store.getState().history.length).toBeGreaterThan(0)
    call.setState(left, true)
    expect(controller.store.getState()).toMatchObject({ links: {}, history: [] })
  })
})

test('a picture that nobody looks at is not missed', async () => {
  build()
  call.setState(live(), true)
  const still = async () => {
    for (let second = 0; second < 12; second += 1) {
      statistics.readings = [createReading('Ada', { atMs: clock.now() })]
      await clock.advanceAsync(1_000)
    }
  }
  hidden.add('Ada')
  await still()
  expect(controller.store.getState().links['Ada']?.video).toBe('full')
  hidden.delete('Ada')
  await still()
  expect(controller.store.getState().links['Ada']?.video).toBe('paused')
})

describe('samples', () => {
  test('go out once a minute, the first one earlier, by chance', async () => {
    build(0.5)
    call.setState(live(), true)
    await run(170_000)
    expect(sent.map(({ atMs }) => atMs)).toEqual([45_000, 105_000, 165_000])
    expect(sent.map(({ sample }) => sample.windowMs)).toEqual([45_000, 60_000, 60_000])
  })

  test('fifty people who came together are not sent in the same second', () => {
    const offsets = Array.from({ length: 50 }, (_, person) => person / 50).map((random) => {
      clock = createFakeClock()
      call = createCallStore()
      sent = []
      build(random)
      statistics.known = { ...statistics.known, mesh: { attempts: 1, successes: 1 } }
      call.setState(live(), true)
      statistics.known = { ...statistics.known, mesh: { attempts: 2, successes: 2 } }
      clock.advance(60_000)
      return Math.floor((sent[0]?.atMs ?? 0) / 1_000)
    })
    expect(new Set(offsets).size).toBeGreaterThan(20)
  })

  test('say what flowed within their minute, on whichever connection', async () => {
    build()
    call.setState(live(), true)
    await run(95_000)
    expect(sent[1]?.sample).toMatchObject({ topology: 'mesh', frameHeight: 480, fps: 24, lossRatio: 0 })
    const { videoDownBps } = sent[1]?.sample ?? {}
    expect(videoDownBps).toBeGreaterThan(950_000)
    expect(videoDownBps).toBeLessThan(1_050_000)
  })

  test('count what a connection carried that ended within the minute', async () => {
    build()
    call.setState(live(), true)
    await run(10_000)
    statistics.readings = []
    await clock.advanceAsync(90_000)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.sample.bytesReceived).toBeGreaterThan(1_000_000)
  })

  test('count attempts and successes, each topology for itself', async () => {
    build()
    call.setState(live(), true)
    await run(5_000)
    statistics.known = { mesh: { attempts: 3, successes: 2 }, sfu: { attempts: 1, successes: 1 } }
    await run(30_000)
    expect(
      sent.map(({ sample }) => [sample.topology, sample.connectionAttempts, sample.connectionSuccesses]),
    ).toEqual([
      ['mesh', 3, 2],
      ['sfu', 1, 1],
    ])
    await run(60_000)
    expect(sent.at(-1)?.sample).toMatchObject({ topology: 'mesh', connectionAttempts: 0 })
  })

  test('say nothing when nobody was there', async () => {
    build()
    call.setState(live(), true)
    await clock.advanceAsync(180_000)
    expect(sent).toEqual([])
  })

  test('that are refused or never answered are dropped, and the next one goes out all the same', async () => {
    build()
    answer = () => new Promise(() => undefined)
    call.setState(live(), true)
    await run(35_000)
    answer = () => Promise.resolve(false)
    await run(120_000)
    expect(sent.map(({ atMs }) => atMs)).toEqual([30_000, 90_000, 150_000])
  })
})

describe('at the end of a call', () => {
  test('what is left of the minute is sent at once, and waited for', async () => {
    build()
    call.setState(live(), true)
    await run(50_000)
    let arrive: (kept: boolean) => void = () => undefined
    answer = () =>
      new Promise((resolve) => {
        arrive = resolve
      })
    call.setState(left, true)
    expect(sent.map(({ atMs, sample }) => [atMs, sample.windowMs])).toEqual([
      [30_000, 30_000],
      [50_000, 20_000],
    ])
    const events: string[] = []
    void sender.restSent().then(() => events.push('left'))
    await clock.advanceAsync(500)
    expect(events).toEqual([])
    arrive(true)
    await clock.advanceAsync(0)
    expect(events).toEqual(['left'])
    await clock.advanceAsync(120_000)
    expect(sent).toHaveLength(2)
  })

  test('leaving waits no longer than a second', async () => {
    build()
    answer = () => new Promise(() => undefined)
    call.setState(live(), true)
    await run(20_000)
    call.setState(left, true)
    const events: number[] = []
    void sender.restSent().then(() => events.push(clock.now()))
    await clock.advanceAsync(5_000)
    expect(events).toEqual([21_000])
  })

  test('a few seconds are not worth a sample', async () => {
    build()
    call.setState(live(), true)
    await run(9_000)
    call.setState(left, true)
    expect(sent).toEqual([])
    await expect(sender.restSent()).resolves.toBeUndefined()
  })

  test('a few seconds in which somebody was reached, or was not, are', async () => {
    build()
    call.setState(live(), true)
    statistics.known = { ...statistics.known, mesh: { attempts: 2, successes: 1 } }
    await run(4_000)
    call.setState(left, true)
    expect(sent.map(({ sample }) => [sample.windowMs, sample.connectionAttempts])).toEqual([[4_000, 2]])
  })

  test('another stay begins a minute of its own, and the old one is not told of', async () => {
    build()
    call.setState(live(), true)
    await run(20_000)
    call.setState(live('Ben 2'), true)
    await run(35_000)
    expect(sent.map(({ atMs, connectionId }) => [atMs, connectionId])).toEqual([[50_000, 'Ben 2']])
  })
})

test('whoever is disposed of reads and sends nothing any more', async () => {
  build()
  call.setState(live(), true)
  await run(10_000)
  sender.dispose()
  controller.dispose()
  const { readCount } = statistics
  await clock.advanceAsync(120_000)
  expect([statistics.readCount, sent.length]).toEqual([readCount, 0])
})
