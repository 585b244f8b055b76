import { describe, expect, test } from 'vitest'
import {
  createLink,
  createQualityInput,
  createQualityTimeline,
  createTile,
  freeStart,
  idleMachine,
  perfectReading,
} from '../../../../test/support/quality.ts'
import { AUDIO_FLOOR_BPS, AUDIO_FULL_BPS } from './linkLevel.ts'
import { selectBitrateBps, selectScaleDown, VIDEO_LEVELS } from './picture.ts'
import { initialQualityState, planQuality } from './planQuality.ts'
import type { LinkReading, MachineReading, QualityInput } from './qualityInput.ts'
import { selectDeviceClass } from './selectDeviceClass.ts'

const names = ['Ben', 'Chloe', 'Dan', 'Eve', 'Finn', 'Gus']
const others = (count: number): readonly string[] => names.slice(0, count)

function planOnce(fields: Partial<QualityInput>) {
  return planQuality(initialQualityState, createQualityInput(fields)).plan
}

/** Runs with one path as it is read, and the rest well. */
function runWith(reading: Partial<LinkReading>, durationMs = 60_000, fields: Partial<QualityInput> = {}) {
  const timeline = createQualityTimeline(fields)
  timeline.run(10_000)
  timeline.run(durationMs, { links: [createLink('Ben', { reading: { ...perfectReading, ...reading } })] })
  return timeline
}

describe('an interruption', () => {
  const lost = { ...perfectReading, sentLossRatio: 0.9, availableOutgoingBps: 60_000 }

  function interrupt(forMs: number) {
    const timeline = createQualityTimeline()
    const before = timeline.run(20_000)
    timeline.run(forMs, { links: [createLink('Ben', { reading: lost, isInterrupted: true })] })
    return { timeline, before }
  }

  test.each([4_000, 40_000])('of %i ms costs no picture, though all is reported as lost', (forMs) => {
    const { timeline, before } = interrupt(forMs)
    timeline.run(6_000, { links: [createLink('Ben', { reading: lost })] })
    expect(timeline.latest().encodings).toEqual(before.encodings)
    expect(timeline.run(20_000, { links: [createLink('Ben')] }).encodings).toEqual(before.encodings)
    expect(timeline.plans.every(({ pictures }) => pictures[0]?.kind === 'full')).toBe(true)
  })

  test('keeps pictures back, which would only be asked for again, and lets the sound try', () => {
    const timeline = createQualityTimeline({ sharedScreen: 'text' })
    timeline.run(20_000)
    const { encodings } = timeline.run(2_000, {
      links: [createLink('Ben', { reading: lost, isInterrupted: true })],
    })
    expect(encodings[0]).toMatchObject({
      video: { isActive: false },
      screen: { isActive: false },
      audio: { maxBitrateBps: AUDIO_FULL_BPS },
    })
  })

  test('after which as much goes on being lost does', () => {
    const { timeline } = interrupt(10_000)
    const plan = timeline.run(12_000, { links: [createLink('Ben', { reading: lost })] })
    expect(plan.encodings[0]?.video.isActive).toBe(false)
  })
})

describe('what is captured', () => {
  test.each([
    ['an ordinary laptop', { deviceClass: 'ordinary' }, [640, 480, 24]],
    ['a weak one', { deviceClass: 'weak' }, [640, 360, 15]],
    ['a strong one with a good link', { deviceClass: 'strong' }, [1280, 720, 30]],
    ['a strong one among four', { deviceClass: 'strong', people: others(3) }, [640, 480, 24]],
    ['somebody who chose 720p', { choice: '720p' }, [1280, 720, 30]],
    [
      'an ordinary one on the media server, of which the largest layer is wanted',
      { links: [createLink('sfu', { path: 'sfu' })] },
      [960, 720, 24],
    ],
    [
      'the same where thumbnails are wanted',
      { links: [createLink('sfu', { path: 'sfu', wish: { kind: 'shown', shortSide: 360, framerate: 30 } })] },
      [640, 480, 24],
    ],
    ['the same on a weak one', { choice: '720p', deviceClass: 'weak' }, [1280, 720, 15]],
    ['somebody who chose 720p, alone yet', { choice: '720p', people: [] }, [1280, 720, 30]],
    ['somebody who chose 360p', { choice: '360p' }, [640, 360, 24]],
    ['somebody who saves data', { choice: 'dataSaver' }, [640, 360, 15]],
    ['somebody with sound only', { choice: 'audioOnly' }, [640, 360, 15]],
  ] satisfies [string, Partial<QualityInput>, number[]][])('%s', (_, fields, [width, height, frameRate]) => {
    expect(planOnce(fields).capture).toEqual({ width, height, frameRate })
  })

  test('a smaller picture must be enough for a while before the camera changes', () => {
    const timeline = createQualityTimeline({ deviceClass: 'strong' })
    expect(timeline.run(4_000).capture.height).toBe(720)
    const four = { people: others(3), links: others(3).map((name) => createLink(name)) }
    expect(timeline.run(6_000, four).capture.height).toBe(720)
    expect(timeline.run(10_000, four).capture.height).toBe(480)
    expect(timeline.run(2_000, { people: others(1), links: [createLink('Ben')] }).capture.height).toBe(720)
  })

  test.each([
    [null, 'ordinary'],
    [1, 'weak'],
    [2, 'weak'],
    [4, 'ordinary'],
    [8, 'strong'],
  ] as const)('%s logical processors are %s', (count, deviceClass) => {
    expect(selectDeviceClass(count)).toBe(deviceClass)
  })
})

describe('what is sent when all is well', () => {
  test.each([
    ['two people', { people: others(1) }, 480, 24, 600_000],
    ['two people, a strong machine', { people: others(1), deviceClass: 'strong' }, 720, 30, 1_500_000],
    ['three people, a strong machine', { people: others(2), deviceClass: 'strong' }, 480, 30, 600_000],
    ['four people: thumbnails', { people: others(3) }, 360, 24, 450_000],
    ['720p was chosen, four people', { people: others(3), choice: '720p' }, 360, 30, 450_000],
    ['360p was chosen', { choice: '360p' }, 360, 24, 450_000],
    ['data are saved', { choice: 'dataSaver' }, 180, 15, 150_000],
    ['a focus phase', { focusPhase: 'focus' }, 180, 8, 100_000],
    ['a focus phase, 720p chosen', { focusPhase: 'focus', choice: '720p' }, 180, 8, 100_000],
    ['a focus phase, data are saved', { focusPhase: 'focus', choice: 'dataSaver' }, 180, 8, 100_000],
    ['a break', { focusPhase: 'break' }, 480, 24, 600_000],
  ] satisfies [string, Partial<QualityInput>, number, number, number][])(
    '%s',
    (_, fields, shortSide, framerate, maxBitrateBps) => {
      for (const { video, audio } of planOnce(fields).encodings) {
        expect(video).toMatchObject({ isActive: true, shortSide, framerate })
        expect(video.maxBitrateBps).toBeLessThanOrEqual(maxBitrateBps)
        expect(video.maxBitrateBps).toBeGreaterThan(maxBitrateBps * 0.7)
        expect(audio).toEqual({ maxBitrateBps: AUDIO_FULL_BPS })
      }
    },
  )

  test('a full mesh fits a common uplink of 2 Mbit/s', () => {
    const { encodings } = planOnce({ people: others(3), choice: '720p' })
    const sum = encodings.reduce(
      (total, { video, audio }) => total + video.maxBitrateBps + audio.maxBitrateBps,
      0,
    )
    expect(sum).toBeLessThanOrEqual(2_000_000)
  })

  test('sound only sends and asks for no picture at all', () => {
    const plan = planOnce({ choice: 'audioOnly', people: others(2) })
    expect(plan.encodings.map(({ video }) => video.isActive)).toEqual([false, false])
    expect(plan.encodings.map(({ video }) => video.maxBitrateBps)).toEqual([0, 0])
    expect(plan.subscriptions.map(({ picture }) => picture)).toEqual([null, null])
    expect(plan.pictures.map(({ kind }) => kind)).toEqual(['full', 'full'])
  })
})

describe('what others show', () => {
  test('nothing is sent to somebody who does not show it, and others get theirs all the same', () => {
    const links = [createLink('Ben', { wish: { kind: 'hidden' } }), createLink('Chloe')]
    const { encodings, pictures } = planOnce({ people: others(2), links })
    expect(encodings[0]).toMatchObject({
      video: { isActive: false },
      audio: { maxBitrateBps: AUDIO_FULL_BPS },
    })
    expect(encodings[1]?.video.isActive).toBe(true)
    expect(pictures[0]).toEqual({ linkId: 'Ben', kind: 'full', reason: null })
  })

  test('a small tile gets a small picture', () => {
    const wish = { kind: 'shown', shortSide: 200, framerate: 30 } as const
    const { video } = planOnce({ links: [createLink('Ben', { wish })] }).encodings[0] ?? {}
    expect(video).toMatchObject({ shortSide: 200, framerate: 24 })
    expect(video?.maxBitrateBps).toBeLessThan(260_000)
  })

  test('a speaker view far away may have more than thumbnails of us', () => {
    const wish = { kind: 'shown', shortSide: 720, framerate: 30 } as const
    const links = others(4).map((name) => createLink(name, { wish }))
    expect(planOnce({ people: others(4), choice: '720p', links }).encodings[0]?.video.shortSide).toBe(720)
  })

  test('a tile that comes back after long gets what it had, at once', () => {
    const timeline = createQualityTimeline()
    timeline.run(10_000)
    timeline.run(2_000, { links: [createLink('Ben', { wish: { kind: 'hidden' } })] })
    // Sound alone lets the browser's estimate shrink; it says nothing about pictures.
    const reading = { ...perfectReading, availableOutgoingBps: 70_000 }
    timeline.run(120_000, { links: [createLink('Ben', { reading, wish: { kind: 'hidden' } })] })
    const shown = { kind: 'shown', shortSide: 480, framerate: 24 } as const
    const { length } = timeline.plans
    timeline.run(4_000, { links: [createLink('Ben', { reading, wish: shown })] })
    for (const { encodings } of timeline.plans.slice(length)) {
      expect(encodings[0]?.video).toMatchObject({ isActive: true, shortSide: 480 })
    }
  })
})

describe('what is asked of others', () => {
  const tile = (width: number, height: number, isMain = false) => createTile('Ben', { width, height, isMain })
  test.each([
    ['two people', { tiles: [tile(1_000, 700)] }, 700],
    ['four people: thumbnails', { people: others(3), tiles: [tile(1_000, 700)] }, 360],
    ['nine people, small tiles', { people: others(6), tiles: [tile(320, 200)] }, 200],
    [
      'speaker view, the speaker',
      { people: others(4), view: 'speaker', tiles: [tile(1_600, 1_000, true)] },
      720,
    ],
    ['speaker view, somebody else', { people: others(4), view: 'speaker', tiles: [tile(600, 420)] }, 360],
    ['360p was chosen', { choice: '360p', tiles: [tile(1_000, 700)] }, 360],
    ['data are saved', { choice: 'dataSaver', tiles: [tile(1_000, 700)] }, 180],
    ['a weak machine', { deviceClass: 'weak', tiles: [tile(1_000, 700)] }, 360],
    ['a focus phase', { focusPhase: 'focus', tiles: [tile(1_000, 700)] }, 180],
    ['a focus phase, 720p chosen', { focusPhase: 'focus', choice: '720p', tiles: [tile(1_000, 700)] }, 180],
    ['off the screen', { tiles: [] }, null],
    ['a hidden window', { isWindowVisible: false, tiles: [tile(1_000, 700)] }, null],
    ['a tile without height', { tiles: [tile(300, 0.4)] }, null],
    ['nobody is to be seen', { receivesVideo: false, tiles: [tile(1_000, 700)] }, null],
    ['sound only', { choice: 'audioOnly', tiles: [tile(1_000, 700)] }, null],
  ] satisfies [string, Partial<QualityInput>, number | null][])('%s', (_, fields, shortSide) => {
    expect(planOnce(fields).subscriptions[0]?.picture?.shortSide ?? null).toBe(shortSide)
  })
})

describe('a path that is not well', () => {
  test.each([
    ['5 % are lost', { sentLossRatio: 0.05 }, 360, 'loss'],
    ['10 % are lost', { sentLossRatio: 0.1 }, 360, 'loss'],
    ['20 % are lost', { sentLossRatio: 0.2 }, 180, 'loss'],
    ['500 ms there and back', { roundTripMs: 500 }, 360, 'delay'],
    ['2 s there and back', { roundTripMs: 2_000 }, 180, 'delay'],
    ['packets come in heaps', { jitterMs: 120 }, 360, 'delay'],
    ['300 kbit/s', { availableOutgoingBps: 300_000 }, 360, 'bandwidth'],
    ['150 kbit/s', { availableOutgoingBps: 150_000 }, 180, 'bandwidth'],
  ] satisfies [string, Partial<LinkReading>, number, string][])(
    '%s: the picture is lowered, the sound is whole',
    (_, reading, shortSide, reason) => {
      const plan = runWith(reading).latest()
      expect(plan.encodings[0]?.video).toMatchObject({ isActive: true, shortSide })
      expect(plan.encodings[0]?.audio.maxBitrateBps).toBe(AUDIO_FULL_BPS)
      expect(plan.pictures[0]).toEqual({ linkId: 'Ben', kind: 'lowered', reason })
    },
  )

  test('below 90 kbit/s the picture is given up, and the sound is given what there is', () => {
    const timeline = runWith({ availableOutgoingBps: 30_000 }, 8_000)
    expect(timeline.latest().encodings[0]).toMatchObject({
      video: { isActive: false, maxBitrateBps: 0 },
      audio: { maxBitrateBps: 24_000 },
    })
    expect(timeline.latest().pictures[0]).toEqual({ linkId: 'Ben', kind: 'paused', reason: 'bandwidth' })
    const worse = runWith({ availableOutgoingBps: 2_000 }, 8_000)
    expect(worse.latest().encodings[0]?.audio.maxBitrateBps).toBe(AUDIO_FLOOR_BPS)
  })

  test('a path that collapses is relieved at the next planning', () => {
    expect(runWith({ availableOutgoingBps: 120_000 }, 2_000).latest().encodings[0]?.video.shortSide).toBe(180)
  })

  test('one bad reading changes nothing', () => {
    const timeline = createQualityTimeline()
    timeline.run(20_000)
    timeline.run(2_000, {
      links: [createLink('Ben', { reading: { ...perfectReading, sentLossRatio: 0.5 } })],
    })
    expect(timeline.run(2_000, { links: [createLink('Ben')] }).encodings[0]?.video.shortSide).toBe(480)
  })

  test('it comes back by itself, step by step, within half a minute', () => {
    const timeline = runWith({ sentLossRatio: 0.2 })
    const well = { links: [createLink('Ben')] }
    expect(timeline.run(4_000, well).encodings[0]?.video.shortSide).toBe(180)
    expect(timeline.run(26_000, well).encodings[0]?.video).toMatchObject({ shortSide: 480, framerate: 24 })
    expect(timeline.latest().pictures[0]).toEqual({ linkId: 'Ben', kind: 'full', reason: null })
  })

  test('a picture that was given up is tried again, though sound alone cannot raise the estimate', () => {
    const timeline = runWith({ availableOutgoingBps: 40_000 }, 8_000)
    expect(timeline.latest().encodings[0]?.video.isActive).toBe(false)
    // What browsers estimate follows what they send.
    const back = timeline.run(90_000, () => {
      const { video } = timeline.latest().encodings[0] ?? {}
      const availableOutgoingBps = 2 * ((video?.maxBitrateBps ?? 0) + AUDIO_FULL_BPS)
      return { links: [createLink('Ben', { reading: { ...perfectReading, availableOutgoingBps } })] }
    })
    expect(back.encodings[0]?.video.shortSide).toBe(480)
  })

  test('an estimate that nobody has tried says little: a still picture stays as large as it is', () => {
    const reading = { availableOutgoingBps: 150_000, sentBps: 60_000 }
    expect(runWith(reading).latest().encodings[0]?.video.shortSide).toBe(480)
    expect(runWith({ ...reading, sentBps: 140_000 }).latest().encodings[0]?.video.shortSide).toBe(180)
  })

  test('a camera that is off for long leaves the path as it was', () => {
    const timeline = createQualityTimeline()
    timeline.run(10_000)
    timeline.run(2_000, { isCameraOn: false })
    const reading = { ...perfectReading, availableOutgoingBps: 50_000 }
    const plan = timeline.run(60_000, { isCameraOn: false, links: [createLink('Ben', { reading })] })
    expect(plan.pictures[0]).toEqual({ linkId: 'Ben', kind: 'full', reason: null })
    expect(timeline.run(2_000, { isCameraOn: true }).encodings[0]?.video.shortSide).toBe(480)
  })

  test('an estimate that stops at half as much again as was sent is climbed on all the same', () => {
    const timeline = runWith({ sentLossRatio: 0.2 })
    const back = timeline.run(5 * 60_000, () => {
      const { video } = timeline.latest().encodings[0] ?? {}
      const availableOutgoingBps = 1.5 * ((video?.maxBitrateBps ?? 0) + AUDIO_FULL_BPS)
      return { links: [createLink('Ben', { reading: { ...perfectReading, availableOutgoingBps } })] }
    })
    expect(back.encodings[0]?.video).toMatchObject({ shortSide: 480, framerate: 24 })
  })

  test('nor does it matter that the estimate of a path without a picture is next to nothing', () => {
    const timeline = runWith({ availableOutgoingBps: 20_000 }, 8_000)
    const { length } = timeline.plans
    timeline.run(20_000)
    expect(timeline.plans.slice(length).some(({ encodings }) => encodings[0]?.video.isActive)).toBe(true)
  })

  test('a path that fails whenever more is sent is tried less and less often', () => {
    const timeline = createQualityTimeline()
    const climbs = (durationMs: number) => {
      const { length } = timeline.plans
      timeline.run(durationMs, () => {
        const { video } = timeline.plans.at(-1)?.encodings[0] ?? {}
        const sentLossRatio = (video?.maxBitrateBps ?? 0) > 150_000 ? 0.25 : 0
        return { links: [createLink('Ben', { reading: { ...perfectReading, sentLossRatio } })] }
      })
      const sides = timeline.plans.slice(length).map(({ encodings }) => encodings[0]?.video.shortSide ?? 0)
      return sides.filter((side, index) => side > (sides[index - 1] ?? side)).length
    }
    expect(climbs(60_000)).toBeGreaterThan(1)
    climbs(5 * 60_000)
    expect(climbs(5 * 60_000)).toBeLessThanOrEqual(5)
  })

  test('one weak path leaves the others as they are', () => {
    const weak = createLink('Ben', { reading: { ...perfectReading, sentLossRatio: 0.2 } })
    const plan = createQualityTimeline({ people: others(2) }).run(30_000, {
      links: [weak, createLink('Chloe')],
    })
    expect(plan.encodings.map(({ video }) => video.shortSide)).toEqual([180, 480])
  })

  test('what was measured before joining is where a new path begins', () => {
    const links = [createLink('Ben', { reading: null })]
    expect(
      planOnce({ links, start: { ...freeStart, uplinkBps: 300_000 } }).encodings[0]?.video.shortSide,
    ).toBe(270)
    expect(planOnce({ links, start: { ...freeStart, uplinkBps: 20_000 } }).encodings[0]?.video.isActive).toBe(
      false,
    )
    expect(planOnce({ links, start: null }).encodings[0]?.video.shortSide).toBe(480)
  })

  test('the first estimates of a new path are not believed', () => {
    const reading = { ...perfectReading, availableOutgoingBps: 120_000 }
    const timeline = createQualityTimeline()
    expect(
      timeline.run(4_000, { links: [createLink('Ben', { reading })] }).encodings[0]?.video.shortSide,
    ).toBe(480)
  })
})

describe('a machine at its limit', () => {
  const busy = { machine: { ...idleMachine, cpuLoadPercent: 92 } }

  test('above 80 % for 10 s it is said, with what to turn off, and load is shed', () => {
    const timeline = createQualityTimeline()
    expect(timeline.run(8_000, busy).warning).toBeNull()
    const plan = timeline.run(6_000, busy)
    expect(plan.warning).toEqual({ kind: 'cpuHigh', cpuLoadPercent: 92, relief: 'largePictures' })
    expect(plan.encodings[0]?.video.framerate).toBe(15)
    expect(plan.pictures[0]).toEqual({ linkId: 'Ben', kind: 'lowered', reason: 'cpu' })
    expect(plan.subscriptions[0]?.picture).toMatchObject({ shortSide: 480, framerate: 15 })
    expect(plan.effects).toEqual({ relief: 'least', reason: 'busy' })
  })

  test.each([
    ['a background', { usesBlur: true }, ['simple', 'least', 'least, 15', 'least, 15']],
    [
      'a background and our own noise suppression',
      { usesBlur: true, usesStrongNoise: true },
      ['simple', 'least', 'least, 15', 'least, 15'],
    ],
    [
      'our own noise suppression',
      { usesStrongNoise: true },
      ['least', 'least, 15', 'least, 15', 'least, 15'],
    ],
    ['neither', {}, ['least, 15', 'least, 15', 'least, 15', 'least, 15']],
  ] satisfies [string, Partial<QualityInput>, string[]][])(
    'with %s, that gives way before any picture, and comes back after them',
    (_, uses, steps) => {
      const timeline = createQualityTimeline(uses)
      timeline.run(2_000, busy)
      const describePlan = () => {
        const { effects, encodings } = timeline.latest()
        const framerate = encodings[0]?.video.framerate
        return framerate === 24 ? effects.relief : `${effects.relief}, ${framerate}`
      }
      const shed = steps.map(() => {
        timeline.run(10_000)
        return describePlan()
      })
      expect(shed).toEqual(steps)
      const back = new Set<string>()
      timeline.run(10 * 60_000, () => {
        back.add(describePlan())
        return { machine: idleMachine }
      })
      expect([...back]).toEqual([...new Set([...steps.toReversed(), 'none'])])
    },
  )

  test('heat and a low battery make effects easier, and worse of both makes them rest', () => {
    const effectsOf = (machine: Partial<MachineReading>) =>
      planOnce({ usesBlur: true, machine: { ...idleMachine, ...machine } }).effects.relief
    expect(effectsOf({ thermalState: 'serious' })).toBe('simple')
    expect(effectsOf({ thermalState: 'critical' })).toBe('least')
    expect(effectsOf({ battery: { isCharging: false, levelRatio: 0.15 } })).toBe('simple')
    expect(effectsOf({ battery: { isCharging: false, levelRatio: 0.05 } })).toBe('least')
  })

  test('as long as it lasts, more is shed, but never the whole picture', () => {
    const plan = createQualityTimeline().run(300_000, busy)
    expect(plan.encodings[0]?.video).toMatchObject({ isActive: true, shortSide: 180 })
    expect(plan.subscriptions[0]?.picture?.shortSide).toBe(180)
  })

  test('it comes back by itself', () => {
    const timeline = createQualityTimeline()
    timeline.run(60_000, busy)
    const plan = timeline.run(120_000, { machine: idleMachine })
    expect(plan.encodings[0]?.video).toMatchObject({ shortSide: 480, framerate: 24 })
    expect(plan.warning).toBeNull()
    expect(plan.effects).toEqual({ relief: 'none', reason: null })
  })

  test.each([
    ['blur', { usesBlur: true }],
    ['highResolution', { choice: '720p' }],
    ['largePictures', { choice: '360p' }],
    ['video', { choice: 'dataSaver' }],
    [null, { choice: 'audioOnly' }],
  ] satisfies [string | null, Partial<QualityInput>][])(
    'the first thing to turn off is %s',
    (relief, fields) => {
      expect(createQualityTimeline(fields).run(14_000, busy).warning?.relief).toBe(relief)
    },
  )

  test('a short peak is nobody’s business', () => {
    const timeline = createQualityTimeline()
    timeline.run(8_000, busy)
    timeline.run(4_000, { machine: idleMachine })
    expect(timeline.run(8_000, busy).warning).toBeNull()
  })

  test.each([
    [
      'an encoder that cannot keep up',
      { links: [createLink('Ben', { reading: { ...perfectReading, limitation: 'cpu' } })] },
      15,
    ],
    [
      'a decoder that cannot keep up',
      { links: [createLink('Ben', { reading: { ...perfectReading, framesDropped: 40 } })] },
      15,
    ],
    ['heat', { machine: { ...idleMachine, thermalState: 'serious' } }, 15],
    [
      'a battery that runs low',
      { machine: { ...idleMachine, battery: { isCharging: false, levelRatio: 0.15 } } },
      15,
    ],
    [
      'a low battery that charges',
      { machine: { ...idleMachine, battery: { isCharging: true, levelRatio: 0.15 } } },
      24,
    ],
    ['nothing measured at all', { machine: { cpuLoadPercent: null, battery: null, thermalState: null } }, 24],
  ] satisfies [string, Partial<QualityInput>, number][])('%s', (_, fields, framerate) => {
    const plan = createQualityTimeline().run(14_000, fields)
    expect(plan.encodings[0]?.video.framerate).toBe(framerate)
    expect(plan.warning).toBeNull()
  })
})

describe('the ladder', () => {
  test('each level costs more than the one below, and less than twice as much', () => {
    const [, ...levels] = VIDEO_LEVELS
    for (const [index, level] of levels.entries()) {
      const below = levels[index - 1]
      if (below === undefined) continue
      expect(level.maxBitrateBps).toBeGreaterThan(below.maxBitrateBps)
      expect(level.maxBitrateBps).toBeLessThan(below.maxBitrateBps * 2)
    }
  })

  test('its bitrates are near what their pictures need', () => {
    for (const level of VIDEO_LEVELS.slice(1)) {
      const ratio = level.maxBitrateBps / selectBitrateBps(level)
      expect(ratio).toBeGreaterThan(0.75)
      expect(ratio).toBeLessThan(1.25)
    }
  })

  test.each([
    [360, 640, 480, 480 / 360],
    [480, 640, 480, 1],
    [720, 640, 480, 1],
    [180, 480, 640, 480 / 180],
    [0, 640, 480, 1],
  ])('%s lines of %s×%s are scaled by %s', (shortSide, width, height, scale) => {
    expect(selectScaleDown(shortSide, { width, height })).toBeCloseTo(scale)
  })
})

describe('a shared screen', () => {
  test('goes out with its own frames and bits, whatever becomes of the camera', () => {
    const timeline = createQualityTimeline({ sharedScreen: 'text', choice: 'audioOnly' })
    const [encoding] = timeline.run(10_000).encodings
    expect(encoding?.video.isActive).toBe(false)
    expect(encoding?.screen).toEqual({ isActive: true, framerate: 5, maxBitrateBps: 1_500_000 })
  })

  test('gives up frames on a path that does not carry them, also without a camera', () => {
    const timeline = createQualityTimeline({ sharedScreen: 'motion', isCameraOn: false })
    timeline.run(10_000)
    const thin = {
      ...perfectReading,
      availableOutgoingBps: 300_000,
      sentBps: 290_000,
      limitation: 'bandwidth',
    } as const
    const [encoding] = timeline.run(20_000, { links: [createLink('Ben', { reading: thin })] }).encodings
    expect(encoding?.screen).toEqual({ isActive: true, framerate: 5, maxBitrateBps: 400_000 })
  })

  test('is not sent to whom it is not shown', () => {
    const links = [createLink('Ben', { isScreenSeen: false }), createLink('Chloe')]
    const plan = createQualityTimeline({ sharedScreen: 'text', people: ['Ben', 'Chloe'], links }).run(2_000)
    expect(plan.encodings.map(({ screen }) => screen.isActive)).toEqual([false, true])
  })
})
