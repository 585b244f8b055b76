import { expect, test } from 'vitest'
import { addCosts, noCosts, type PhaseCosts, selectSaving } from './phaseCosts.ts'
import type { CallFigures, PersonFigures } from './selectCallFigures.ts'

const somebody: PersonFigures = {
  connectionId: 'Ben',
  topology: 'mesh',
  path: { kind: 'host', protocol: 'udp' },
  rttMs: null,
  lossRatio: null,
  jitterMs: null,
  audio: null,
  video: null,
}

const figures = (atMs: number, sentBps: number, receivedBps: number, isAlone = false): CallFigures => ({
  atMs,
  people: isAlone ? [] : [somebody],
  outgoing: { bitrateBps: sentBps, availableBps: null, video: null, limitation: null },
  incomingBps: receivedBps,
})

/** So many seconds of a call, in rounds of two. */
function run(
  costs: PhaseCosts,
  part: {
    readonly seconds: number
    readonly bps: number
    readonly isFocus: boolean
    readonly load: number | null
    readonly isAlone?: boolean
  },
): PhaseCosts {
  let next = costs
  for (let atMs = 0; atMs < part.seconds * 1_000; atMs += 2_000) {
    next = addCosts(next, {
      before: figures(atMs, 0, 0),
      now: figures(atMs + 2_000, part.bps, part.bps * 2, part.isAlone),
      isFocus: part.isFocus,
      ownLoadPercent: part.load,
    })
  }
  return next
}

const rest = { seconds: 60, bps: 900_000, isFocus: false, load: 20 }
const focus = { seconds: 100, bps: 100_000, isFocus: true, load: 5 }

test('focus is compared with the rest of the same call', () => {
  expect(selectSaving(run(run(noCosts, rest), focus))).toEqual({
    focus: { sentBps: 100_000, receivedBps: 200_000, ownLoadPercent: 5 },
    rest: { sentBps: 900_000, receivedBps: 1_800_000, ownLoadPercent: 20 },
    savedBytes: 30_000_000,
  })
})

test('nothing is said before both were measured for half a minute', () => {
  expect(selectSaving(run(noCosts, focus))).toBeNull()
  expect(selectSaving(run(run(noCosts, focus), { ...rest, seconds: 28 }))).toBeNull()
})

test('alone, one has neither spent nor saved anything', () => {
  const alone = run(run(noCosts, rest), { ...focus, isAlone: true })
  expect(selectSaving(alone)).toBeNull()
})

test('a load that nobody measures is not said, and one that was missing for a while does not count as none', () => {
  const unmeasured = run(run(noCosts, { ...rest, load: null }), { ...focus, load: null })
  expect(selectSaving(unmeasured)?.focus.ownLoadPercent).toBeNull()
  const partly = run(run(run(noCosts, rest), focus), { ...focus, load: null })
  expect(selectSaving(partly)?.focus.ownLoadPercent).toBe(5)
})

test('what was slept through is not counted', () => {
  const slept = addCosts(noCosts, {
    before: figures(0, 0, 0),
    now: figures(3_600_000, 900_000, 0),
    isFocus: false,
    ownLoadPercent: null,
  })
  expect(slept).toEqual(noCosts)
})

test('focus that costs more than the rest is said as it is', () => {
  const costly = run(run(noCosts, { ...rest, bps: 100_000 }), { ...focus, bps: 200_000 })
  expect(selectSaving(costly)?.savedBytes).toBeLessThan(0)
})
