import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { qualityChoiceSchema } from '../../../shared/settings/settings.ts'
import {
  createLink,
  createQualityTimeline,
  idleMachine,
  perfectReading,
  PLAN_INTERVAL_MS,
} from '../../../../test/support/quality.ts'
import { AUDIO_FLOOR_BPS, AUDIO_FULL_BPS } from './linkLevel.ts'
import type {
  LinkReading,
  MachineReading,
  OutgoingLink,
  QualityInput,
  ReceiverWish,
  StartingPoint,
  StartingQuality,
} from './qualityInput.ts'
import type { QualityPlan } from './qualityPlan.ts'

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 8 })

const anyReading: fc.Arbitrary<LinkReading> = fc.record({
  roundTripMs: orNull(fc.double({ min: 0, max: 5_000, noNaN: true })),
  sentLossRatio: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  receivedLossRatio: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  jitterMs: orNull(fc.double({ min: 0, max: 1_000, noNaN: true })),
  availableOutgoingBps: orNull(fc.integer({ min: 0, max: 10_000_000 })),
  sentBps: orNull(fc.integer({ min: 0, max: 10_000_000 })),
  limitation: orNull(fc.constantFrom('none', 'bandwidth', 'cpu', 'other')),
  framesDecoded: orNull(fc.nat({ max: 60 })),
  framesDropped: orNull(fc.nat({ max: 60 })),
})

const anyWish: fc.Arbitrary<ReceiverWish> = fc.oneof(
  fc.constant({ kind: 'unknown' as const }),
  fc.constant({ kind: 'hidden' as const }),
  fc.record({
    kind: fc.constant('shown' as const),
    shortSide: fc.integer({ min: 1, max: 2_160 }),
    framerate: fc.integer({ min: 1, max: 60 }),
  }),
)

const anyMachine: fc.Arbitrary<MachineReading> = fc.record({
  cpuLoadPercent: orNull(fc.double({ min: 0, max: 100, noNaN: true })),
  battery: orNull(
    fc.record({ isCharging: fc.boolean(), levelRatio: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  thermalState: orNull(fc.constantFrom('nominal', 'fair', 'serious', 'critical')),
})

/** What may happen between one planning and the next. */
interface Moment {
  readonly machine: MachineReading
  readonly readings: readonly (LinkReading | null)[]
  readonly wishes: readonly ReceiverWish[]
  /** Whose path is cut. */
  readonly interruptions: readonly boolean[]
  readonly isWindowVisible: boolean
}

const PEOPLE_MAX = 6

const anyMoment: fc.Arbitrary<Moment> = fc.record({
  machine: anyMachine,
  readings: fc.array(orNull(anyReading), { minLength: PEOPLE_MAX, maxLength: PEOPLE_MAX }),
  wishes: fc.array(anyWish, { minLength: PEOPLE_MAX, maxLength: PEOPLE_MAX }),
  // Most of the time nobody is cut off.
  interruptions: fc.array(
    fc.nat({ max: 7 }).map((draw) => draw === 0),
    { minLength: PEOPLE_MAX, maxLength: PEOPLE_MAX },
  ),
  isWindowVisible: fc.boolean(),
})

const anyQuality = fc.constantFrom<StartingQuality>('audioOnly', '360p', '480p', '720p')

const anyStart: fc.Arbitrary<StartingPoint> = fc.record({
  uplinkBps: orNull(fc.nat({ max: 10_000_000 })),
  sends: anyQuality,
  receives: anyQuality,
  reason: fc.constantFrom('bandwidth', 'loss'),
  carriesBackground: fc.boolean(),
})

const anyCall = fc
  .record({
    choice: fc.constantFrom(...qualityChoiceSchema.options),
    receivesVideo: fc.boolean(),
    isCameraOn: fc.boolean(),
    deviceClass: fc.constantFrom('weak' as const, 'ordinary' as const, 'strong' as const),
    usesBlur: fc.boolean(),
    usesStrongNoise: fc.boolean(),
    keepsBackground: fc.boolean(),
    sharedScreen: fc.constantFrom('text' as const, 'motion' as const, null),
    view: fc.constantFrom('grid' as const, 'speaker' as const),
    focusPhase: orNull(fc.constantFrom('focus' as const, 'break' as const)),
    start: orNull(anyStart),
    count: fc.integer({ min: 0, max: PEOPLE_MAX }),
    sizes: fc.array(
      fc.record({ width: fc.integer({ min: 0, max: 3_000 }), height: fc.integer({ min: 0, max: 2_000 }) }),
      { minLength: PEOPLE_MAX, maxLength: PEOPLE_MAX },
    ),
  })
  .map((drawn) => {
    const { count, sizes, ...call } = drawn
    const people = Array.from({ length: count }, (_, index) => `person ${index}`)
    const tiles = people.map((connectionId, index) => {
      const { width, height } = sizes[index] ?? { width: 0, height: 0 }
      return { connectionId, isMain: index === 0, width, height }
    })
    return Object.assign({}, call, { people, tiles })
  })

type AnyCall = Omit<QualityInput, 'nowMs' | 'machine' | 'isWindowVisible' | 'links'>

function linksAt(people: readonly string[], moment: Moment): readonly OutgoingLink[] {
  return people.map((linkId, index) =>
    createLink(linkId, {
      reading: moment.readings[index] ?? null,
      isInterrupted: moment.interruptions[index] ?? false,
      wish: moment.wishes[index] ?? { kind: 'unknown' },
    }),
  )
}

/** Runs a call through moments, and shows each plan with the links it was made for. */
function runThrough(
  call: AnyCall,
  moments: readonly Moment[],
): readonly {
  readonly plan: QualityPlan
  readonly links: readonly OutgoingLink[]
  readonly moment: Moment
}[] {
  const timeline = createQualityTimeline({ ...call, links: [] })
  return moments.map((moment) => {
    const links = linksAt(call.people, moment)
    const { machine, isWindowVisible } = moment
    return { plan: timeline.run(PLAN_INTERVAL_MS, { machine, isWindowVisible, links }), links, moment }
  })
}

const anyMoments = fc.array(anyMoment, { minLength: 1, maxLength: 30 })

/** Where a rule does not hold, over all calls and whatever happens in them; fast-check shows the smallest one. */
function expectAlways(
  selectFlaws: (happened: ReturnType<typeof runThrough>[number], call: AnyCall) => readonly boolean[],
): void {
  fc.assert(
    fc.property(anyCall, anyMoments, (call, moments) =>
      runThrough(call, moments).every((happened) => !selectFlaws(happened, call).includes(true)),
    ),
  )
}

describe('whatever happens', () => {
  test('sound is never below its floor, and whole as long as any picture goes the same way', () => {
    expect(() =>
      expectAlways(({ plan }) =>
        plan.encodings.flatMap(({ audio, video }) => [
          audio.maxBitrateBps < AUDIO_FLOOR_BPS,
          audio.maxBitrateBps > AUDIO_FULL_BPS,
          video.isActive && audio.maxBitrateBps < AUDIO_FULL_BPS,
        ]),
      ),
    ).not.toThrow()
  })

  test('nothing is sent that is larger than what is shown, nor asked for', () => {
    expect(() =>
      expectAlways(({ plan, links }, call) => [
        ...plan.encodings.flatMap(({ video }, index) => {
          const wish = links[index]?.wish
          return [
            wish?.kind === 'hidden' && video.isActive,
            wish?.kind === 'shown' && video.shortSide > wish.shortSide,
            wish?.kind === 'shown' && video.framerate > wish.framerate,
          ]
        }),
        ...plan.subscriptions.map(({ connectionId, picture }) => {
          const tile = call.tiles.find((known) => known.connectionId === connectionId)
          return (picture?.shortSide ?? 0) > Math.min(tile?.width ?? 0, tile?.height ?? 0)
        }),
      ]),
    ).not.toThrow()
  })

  test('a grid of four and more has thumbnails', () => {
    expect(() =>
      expectAlways(({ plan, links }, call) => [
        call.people.length >= 3 &&
          call.view === 'grid' &&
          plan.subscriptions.some(({ picture }) => (picture?.shortSide ?? 0) > 360),
        call.people.length >= 3 &&
          plan.encodings.some(
            ({ video }, index) => links[index]?.wish.kind === 'unknown' && video.shortSide > 360,
          ),
      ]),
    ).not.toThrow()
  })

  test('a hidden window asks for nothing, nor does somebody who wants to see nobody', () => {
    expect(() =>
      expectAlways(({ plan, moment }, call) => [
        (!moment.isWindowVisible || !call.receivesVideo) &&
          plan.subscriptions.some(({ picture }) => picture !== null),
      ]),
    ).not.toThrow()
  })

  test('what was chosen is the most that is sent and asked for', () => {
    const most = { auto: 720, '720p': 720, '480p': 480, '360p': 360, dataSaver: 180, audioOnly: 0 } as const
    expect(() =>
      expectAlways(({ plan }, { choice }) => [
        plan.subscriptions.some(({ picture }) => (picture?.shortSide ?? 0) > most[choice]),
        plan.encodings.some(({ video }) => video.shortSide > most[choice]),
      ]),
    ).not.toThrow()
  })

  test('a picture is sent whole or not at all', () => {
    expect(() =>
      expectAlways(({ plan }) =>
        plan.encodings.map(
          ({ video }) =>
            video.isActive !== (video.shortSide > 0 && video.framerate > 0 && video.maxBitrateBps > 0),
        ),
      ),
    ).not.toThrow()
  })

  test('once all is well again it recovers to what was chosen, for good', () => {
    fc.assert(
      fc.property(anyCall, anyMoments, (call, moments) => {
        const well = {
          machine: idleMachine,
          isWindowVisible: true,
          links: call.people.map((linkId) => createLink(linkId)),
        }
        const fresh = createQualityTimeline({ ...call, start: null, links: [] }).run(60_000, well)
        // Alone, nothing shows yet that more works.
        const start = call.people.length === 0 ? null : call.start
        const timeline = createQualityTimeline({ ...call, start, links: [] })
        for (const moment of moments) {
          const { machine, isWindowVisible } = moment
          timeline.run(PLAN_INTERVAL_MS, { machine, isWindowVisible, links: linksAt(call.people, moment) })
        }
        timeline.run(15 * 60_000, well)
        const { length } = timeline.plans
        timeline.run(60_000, well)
        for (const plan of timeline.plans.slice(length)) expect(plan).toEqual(fresh)
      }),
      { numRuns: 50 },
    )
  })
})

/** How often the picture sent to the first person changed. */
function countChanges(plans: readonly QualityPlan[]): number {
  const pictures = plans.map(({ encodings }) => JSON.stringify(encodings[0]?.video))
  return pictures.filter((picture, index) => index > 0 && picture !== pictures[index - 1]).length
}

describe('noise', () => {
  const minutes = 10
  /** Independent values from -1 to 1: a run of many alike would be no noise, but news. */
  const anyNoise = fc.integer().map((seed) => {
    let state = seed | 0
    return Array.from({ length: (minutes * 60_000) / PLAN_INTERVAL_MS }, () => {
      // Steele and Vigna's splitmix32.
      state = (state + 0x9e3779b9) | 0
      const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
      const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
      return ((again ^ (again >>> 15)) >>> 0) / 0x7fffffff - 1
    })
  })

  test('an estimate that swings by a fifth settles, wherever it swings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 160_000, max: 3_000_000 }), anyNoise, (aroundBps, noise) => {
        const timeline = createQualityTimeline({ deviceClass: 'strong' })
        timeline.run(minutes * 60_000, (nowMs) => {
          const swing = 1 + 0.2 * (noise[nowMs / PLAN_INTERVAL_MS - 1] ?? 0)
          const reading = { ...perfectReading, availableOutgoingBps: aroundBps * swing }
          return { links: [createLink('Ben', { reading })] }
        })
        // Down to where it belongs, and not up again.
        const bitrates = timeline.plans.map(({ encodings }) => encodings[0]?.video.maxBitrateBps ?? 0)
        expect(bitrates).toEqual(bitrates.toSorted((a, b) => b - a))
      }),
      { numRuns: 50 },
    )
  })

  test('a call that begins small grows without swinging, wherever the estimate swings', () => {
    fc.assert(
      fc.property(
        anyStart,
        fc.integer({ min: 160_000, max: 3_000_000 }),
        anyNoise,
        (start, aroundBps, noise) => {
          const timeline = createQualityTimeline({
            deviceClass: 'strong',
            start: { ...start, uplinkBps: null },
          })
          timeline.run(minutes * 60_000, (nowMs) => {
            const swing = 1 + 0.2 * (noise[nowMs / PLAN_INTERVAL_MS - 1] ?? 0)
            const reading = { ...perfectReading, availableOutgoingBps: aroundBps * swing }
            return { links: [createLink('Ben', { reading })] }
          })
          const bitrates = timeline.plans.map(({ encodings }) => encodings[0]?.video.maxBitrateBps ?? 0)
          const falls = bitrates.filter((bitrate, index) => bitrate < (bitrates[index - 1] ?? bitrate))
          expect(falls.length).toBeLessThanOrEqual(3)
          expect(bitrates.at(-1)).toBeGreaterThanOrEqual(Math.min(100_000, bitrates[0] ?? 0))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('loss around a bound, with a peak now and then, does not make the picture jump', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.05, 0.1, 0.2), anyNoise, (bound, noise) => {
        const timeline = createQualityTimeline()
        timeline.run(minutes * 60_000, (nowMs) => {
          const index = nowMs / PLAN_INTERVAL_MS - 1
          const isPeak = index % 20 === 19
          const sentLossRatio = isPeak ? 0.6 : bound * (1 + 0.4 * (noise[index] ?? 0))
          return { links: [createLink('Ben', { reading: { ...perfectReading, sentLossRatio } })] }
        })
        expect(countChanges(timeline.plans)).toBeLessThanOrEqual(8)
      }),
      { numRuns: 50 },
    )
  })

  test('load around 80 % sheds and stays so', () => {
    fc.assert(
      fc.property(anyNoise, (noise) => {
        const timeline = createQualityTimeline()
        timeline.run(minutes * 60_000, (nowMs) => ({
          machine: { ...idleMachine, cpuLoadPercent: 80 + 14 * (noise[nowMs / PLAN_INTERVAL_MS - 1] ?? 0) },
        }))
        expect(countChanges(timeline.plans)).toBeLessThanOrEqual(3)
      }),
      { numRuns: 50 },
    )
  })

  test('a machine that is busy whenever it is given more is given more less and less often', () => {
    const timeline = createQualityTimeline()
    timeline.run(30 * 60_000, () => {
      const { video } = timeline.plans.at(-1)?.encodings[0] ?? {}
      const isMuch = video === undefined || video.framerate > 15
      return { machine: { ...idleMachine, cpuLoadPercent: isMuch ? 90 : 50 } }
    })
    expect(countChanges(timeline.plans)).toBeLessThanOrEqual(26)
    expect(countChanges(timeline.plans.slice(-300))).toBeLessThanOrEqual(8)
  })
})

describe('more of a resource never makes less of a picture', () => {
  /** From the same past, with one resource better all along: what comes of it, at its end. */
  function isNoLess(worse: Partial<QualityInput>, better: Partial<QualityInput>): boolean {
    const [low, high] = [worse, better].map(
      (change) => createQualityTimeline({ deviceClass: 'strong' }).run(5 * 60_000, change).encodings[0],
    )
    if (low === undefined || high === undefined) return false
    return (
      high.video.shortSide >= low.video.shortSide &&
      high.video.framerate >= low.video.framerate &&
      high.video.maxBitrateBps >= low.video.maxBitrateBps &&
      high.audio.maxBitrateBps >= low.audio.maxBitrateBps
    )
  }

  const withReading = (reading: Partial<LinkReading>): Partial<QualityInput> => ({
    links: [createLink('Ben', { reading: { ...perfectReading, ...reading } })],
  })
  const pairOf = (min: number, max: number) =>
    fc
      .tuple(fc.double({ min, max, noNaN: true }), fc.double({ min, max, noNaN: true }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

  test.each([
    // Below this a picture is tried now and then, and the moment of looking decides.
    [
      'bandwidth',
      pairOf(140_000, 4_000_000),
      (value: number) => withReading({ availableOutgoingBps: value }),
    ],
    ['packets that arrive', pairOf(0.66, 1), (value: number) => withReading({ sentLossRatio: 1 - value })],
    ['speed', pairOf(-4_000, 0), (value: number) => withReading({ roundTripMs: -value })],
    ['steadiness', pairOf(-400, 0), (value: number) => withReading({ jitterMs: -value })],
    [
      'processor',
      pairOf(0, 100),
      (value: number) => ({ machine: { ...idleMachine, cpuLoadPercent: 100 - value } }),
    ],
    [
      'battery',
      pairOf(0, 1),
      (levelRatio: number) => ({ machine: { ...idleMachine, battery: { isCharging: false, levelRatio } } }),
    ],
    [
      'tile',
      pairOf(1, 2_000),
      (side: number) => ({
        links: [createLink('Ben', { wish: { kind: 'shown', shortSide: Math.round(side), framerate: 30 } })],
      }),
    ],
  ])('%s', (_, pair, toInput) => {
    expect(() =>
      fc.assert(fc.property(pair, ([worse, better]) => isNoLess(toInput(worse), toInput(better)))),
    ).not.toThrow()
  })
})
