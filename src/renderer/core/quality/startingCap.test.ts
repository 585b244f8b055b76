import { describe, expect, test } from 'vitest'
import {
  createLink,
  createQualityTimeline,
  freeStart,
  idleMachine,
  perfectReading,
} from '../../../../test/support/quality.ts'
import type { QualityInput, StartingPoint } from './qualityInput.ts'

function begin(start: Partial<StartingPoint>, fields: Partial<QualityInput> = {}) {
  const timeline = createQualityTimeline({
    deviceClass: 'strong',
    start: { ...freeStart, ...start },
    ...fields,
  })
  const sides = () => {
    const { encodings, subscriptions } = timeline.latest()
    return [encodings[0]?.video.shortSide, subscriptions[0]?.picture?.shortSide]
  }
  return { timeline, sides }
}

describe('a call begins', () => {
  test.each([
    ['with nothing in the way', {}, {}, [720, 720]],
    ['where sending is slow', { sends: '480p' }, {}, [480, 720]],
    ['where receiving is slow', { receives: '360p' }, {}, [720, 360]],
    ['where packets are lost', { sends: '360p', receives: '360p' }, {}, [360, 360]],
    ['where sound alone is advised', { sends: 'audioOnly', receives: 'audioOnly' }, {}, [180, 180]],
    ['with a size that was chosen', { sends: '360p', receives: '360p' }, { choice: '720p' }, [720, 720]],
    ['on a weak machine', { sends: '480p' }, { deviceClass: 'weak' }, [360, 360]],
  ] satisfies [string, Partial<StartingPoint>, Partial<QualityInput>, number[]][])(
    '%s',
    (_, start, fields, sizes) => {
      const { timeline, sides } = begin(start, fields)
      timeline.run(2_000)
      expect(sides()).toEqual(sizes)
    },
  )

  test('small for a reason, which is told', () => {
    const { timeline } = begin({ sends: '360p', reason: 'loss' })
    expect(timeline.run(2_000).pictures[0]).toEqual({ linkId: 'Ben', kind: 'lowered', reason: 'loss' })
    expect(timeline.run(60_000).pictures[0]).toEqual({ linkId: 'Ben', kind: 'full', reason: null })
  })
})

describe('what began small', () => {
  test('grows by one level each six seconds, as long as all is well', () => {
    const { timeline, sides } = begin({ sends: '360p', receives: '480p' })
    timeline.run(6_000)
    expect(sides()).toEqual([360, 480])
    timeline.run(2_000)
    expect(sides()).toEqual([480, 720])
    timeline.run(16_000)
    expect(sides()).toEqual([720, 720])
    expect(timeline.latest().encodings[0]?.video.framerate).toBe(30)
  })

  test.each([
    ['the path has no room', { availableOutgoingBps: 500_000 }, [360, 720]],
    ['the encoder has none', { limitation: 'bandwidth' }, [360, 720]],
    ['what is sent gets lost', { sentLossRatio: 0.04 }, [360, 720]],
    ['what comes gets lost', { receivedLossRatio: 0.04 }, [720, 360]],
    ['what comes is late', { roundTripMs: 450 }, [360, 360]],
  ] as const)('stays so while %s', (_, reading, sizes) => {
    const { timeline, sides } = begin({ sends: '360p', receives: '360p' })
    timeline.run(120_000, { links: [createLink('Ben', { reading: { ...perfectReading, ...reading } })] })
    expect(sides()).toEqual(sizes)
  })

  test('stays so while nothing is measured, or nobody looks', () => {
    const { timeline, sides } = begin({ sends: '360p', receives: '360p' })
    timeline.run(60_000, { links: [createLink('Ben', { reading: null })] })
    expect(sides()).toEqual([360, 360])
    timeline.run(60_000, { links: [createLink('Ben', { wish: { kind: 'hidden' } })] })
    timeline.run(2_000, { links: [createLink('Ben')] })
    expect(sides()).toEqual([360, 720])
  })

  test('waits for the weakest of several paths', () => {
    const people = ['Ben', 'Chloe']
    const thin = createLink('Chloe', { reading: { ...perfectReading, availableOutgoingBps: 400_000 } })
    const { timeline, sides } = begin({ sends: '360p' }, { people })
    timeline.run(60_000, { links: [createLink('Ben'), thin] })
    expect(sides()[0]).toBe(360)
  })

  test('is not small again on a path that is found later, nor for the same verdict', () => {
    const { timeline, sides } = begin({ sends: '360p' })
    timeline.run(60_000)
    timeline.run(2_000, { links: [createLink('sfu', { path: 'sfu', reading: null })] })
    expect(sides()[0]).toBe(720)
    timeline.run(2_000, { start: { ...freeStart, sends: '360p' } })
    expect(sides()[0]).toBe(720)
    timeline.run(2_000, { start: { ...freeStart, sends: '480p' } })
    expect(sides()[0]).toBe(480)
  })
})

describe('a background that the machine hardly carries', () => {
  const eased = { carriesBackground: false }
  const effectsOf = (fields: Partial<QualityInput>, durationMs = 2_000) =>
    begin(eased, { usesBlur: true, ...fields }).timeline.run(durationMs).effects

  test.each([
    ['is easy to begin with', {}, { relief: 'simple', reason: 'beginning' }],
    [
      'is as it was, once the person has said so',
      { keepsBackground: true },
      { relief: 'none', reason: null },
    ],
    ['is nothing where there is none', { usesBlur: false }, { relief: 'none', reason: null }],
  ] satisfies [string, Partial<QualityInput>, object][])('%s', (_, fields, effects) => {
    expect(effectsOf(fields)).toEqual(effects)
  })

  test('comes back after a while of calm beside somebody, and not before', () => {
    const alone = { people: [], links: [] }
    expect(effectsOf(alone, 60_000).relief).toBe('simple')
    expect(effectsOf({}, 20_000).relief).toBe('simple')
    expect(effectsOf({}, 24_000).relief).toBe('none')
    expect(effectsOf({ machine: { ...idleMachine, cpuLoadPercent: 70 } }, 60_000).relief).toBe('simple')
  })

  test('gives way to a machine that becomes busy, whatever the person has said', () => {
    const busy = { machine: { ...idleMachine, cpuLoadPercent: 92 }, keepsBackground: true }
    expect(effectsOf(busy, 14_000)).toEqual({ relief: 'simple', reason: 'busy' })
  })
})
