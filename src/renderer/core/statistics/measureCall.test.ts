import { describe, expect, test } from 'vitest'
import { createInbound, createOutbound, createReading } from '../../../../test/support/readings.ts'
import type { ConnectionReading } from '../ports/statistics.ts'
import { type CallMeasurements, measureCall, noMeasurements } from './measureCall.ts'

/** How one person's link does in a round; counters go on by themselves. */
interface Round {
  readonly rttMs?: number
  readonly lossRatio?: number
  readonly height?: number
  readonly framesPerSecond?: number
  /** No picture comes. */
  readonly isDark?: boolean
  readonly limitation?: 'cpu' | 'bandwidth'
}

const ROUND_PACKETS = 100

/** Plays rounds of readings, 2 s apart, of the people named. */
function play(rounds: readonly Readonly<Record<string, Round>>[], known = noMeasurements): CallMeasurements {
  const counters = new Map<string, { packets: number; lost: number; frames: number }>()
  return rounds.reduce((measured, round, index) => {
    const readings = Object.entries(round).map(([name, given]) => {
      const before = counters.get(name) ?? { packets: 0, lost: 0, frames: 0 }
      const lost = Math.round(ROUND_PACKETS * (given.lossRatio ?? 0))
      const now = {
        packets: before.packets + ROUND_PACKETS - lost,
        lost: before.lost + lost,
        frames: before.frames + (given.isDark ? 0 : 48),
      }
      counters.set(name, now)
      return toReading(name, index * 2_000, given, now)
    })
    const people = Object.keys(round).map((connectionId) => ({ connectionId, isVideoOff: false }))
    return measureCall(measured, readings, people)
  }, known)
}

function toReading(
  name: string,
  atMs: number,
  round: Round,
  counted: { packets: number; lost: number; frames: number },
): ConnectionReading {
  return createReading(name, {
    atMs,
    rttMs: round.rttMs ?? 20,
    inbound: [
      createInbound(name, 'audio', { packets: counted.packets, packetsLost: counted.lost }),
      createInbound(name, 'video', {
        frameHeight: round.height ?? 480,
        framesPerSecond: round.framesPerSecond ?? 24,
        framesDecoded: counted.frames,
      }),
    ],
    outbound: [createOutbound('video', { limitation: round.limitation ?? 'none' })],
  })
}

const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value)

describe('the quality of a link over time', () => {
  test('is good when all is well', () => {
    const { links, own } = play(times(5, { Ada: {}, Chloe: {} }))
    expect(links['Ada']).toEqual({ grade: 'good', reason: null, video: 'full' })
    expect(own.grade).toBe('good')
  })

  test('is unknown of somebody nothing arrives from', () => {
    const measured = measureCall(noMeasurements, [], [{ connectionId: 'Ada', isVideoOff: false }])
    expect(measured.links['Ada']).toEqual({ grade: 'unknown', reason: null, video: 'full' })
  })

  test('one burst of loss condemns nobody', () => {
    const { links } = play([...times(5, { Ada: {} }), { Ada: { lossRatio: 0.12 } }])
    expect(links['Ada']?.grade).toBe('good')
  })

  test('loss that stays is told, with its side', () => {
    const { links } = play([
      ...times(3, { Ada: {}, Chloe: {} }),
      ...times(5, { Ada: { lossRatio: 0.2 }, Chloe: {} }),
    ])
    expect(links['Ada']).toMatchObject({ grade: 'poor', reason: { cause: 'loss', side: 'theirs' } })
    expect(links['Chloe']?.grade).toBe('good')
  })

  test('when everybody suffers it is our own network', () => {
    const { links, own } = play(times(5, { Ada: { rttMs: 700 }, Chloe: { rttMs: 800 } }))
    expect(links['Ada']).toMatchObject({ grade: 'poor', reason: { cause: 'delay', side: 'ours' } })
    expect(own).toMatchObject({ grade: 'poor', reason: { cause: 'delay', side: 'ours' } })
  })

  test('a single slow check is not a slow link', () => {
    const { links } = play([...times(3, { Ada: {} }), { Ada: { rttMs: 900 } }])
    expect(links['Ada']?.grade).toBe('good')
  })

  test('it recovers, and the same quality stays the same object', () => {
    const bad = play(times(6, { Ada: { rttMs: 700 } }))
    const worse = play(times(6, { Ada: { rttMs: 700 } }), bad)
    expect(worse.links['Ada']).toBe(bad.links['Ada'])
    expect(play(times(6, { Ada: {} }), worse).links['Ada']?.grade).toBe('good')
  })
})

describe('the picture', () => {
  test('is lowered when it stays smaller than it has been', () => {
    const { links } = play([...times(4, { Ada: {} }), ...times(3, { Ada: { height: 240 } })])
    expect(links['Ada']?.video).toBe('lowered')
  })

  test('is lowered when it comes slower than it has', () => {
    const { links } = play([...times(4, { Ada: {} }), ...times(3, { Ada: { framesPerSecond: 8 } })])
    expect(links['Ada']?.video).toBe('lowered')
  })

  test('is full after a moment of less', () => {
    const { links } = play([...times(4, { Ada: {} }), ...times(2, { Ada: { height: 240 } }), { Ada: {} }])
    expect(links['Ada']?.video).toBe('full')
  })

  test('is paused when none comes though the camera is on', () => {
    const { links } = play([...times(3, { Ada: {} }), ...times(4, { Ada: { isDark: true } })])
    expect(links['Ada']?.video).toBe('paused')
  })

  test('is not missed when the camera is off', () => {
    const reading = toReading('Ada', 0, {}, { packets: 100, lost: 0, frames: 9 })
    const measured = times(6, reading).reduce(
      (known, now) => measureCall(known, [now], [{ connectionId: 'Ada', isVideoOff: true }]),
      noMeasurements,
    )
    expect(measured.links['Ada']?.video).toBe('full')
  })
})

describe('our own picture', () => {
  test.each(['cpu', 'bandwidth'] as const)('held back by %s for some seconds is told', (limitation) => {
    const { own } = play([{ Ada: {} }, ...times(3, { Ada: { limitation } })])
    expect(own).toEqual({ grade: 'fair', reason: { cause: limitation, side: 'ours' }, video: 'lowered' })
  })

  test('held back at the start alone is not', () => {
    const { own } = play([...times(3, { Ada: { limitation: 'bandwidth' } as const }), { Ada: {} }])
    expect(own.grade).toBe('good')
  })
})

test('two minutes are kept, whatever the length of a call', () => {
  const { history, rounds } = play(times(200, { Ada: {} }))
  expect([history.length, rounds.length]).toEqual([60, 6])
})
