import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTimer } from '../../../../test/support/timers.ts'
import { formatRemaining } from './formatRemaining.ts'
import { planPhase, selectStudyPhase, type StudyPhase } from './planPhase.ts'
import { readLength, selectPreset, timerPresets } from './readLengths.ts'
import { knowTimer, selectNextTickMs, selectTimerView } from './selectTimerView.ts'

const noonMs = Date.parse('2026-11-26T12:00:00.000Z')

describe('what is shown of a timer', () => {
  test('counts down by the server’s clock, however wrong ours is', () => {
    const oursMs = noonMs - 600_000
    const known = knowTimer(createTimer(noonMs), oursMs)
    expect(selectTimerView(known, oursMs)).toMatchObject({
      phase: 'focus',
      round: 1,
      remainingSeconds: 1_500,
    })
    expect(selectTimerView(known, oursMs + 60_400).remainingSeconds).toBe(1_440)
    expect(selectTimerView(known, oursMs + 1_500_000)).toMatchObject({
      phase: 'short_break',
      remainingSeconds: 300,
    })
  })

  test('changes on the second, and not at all while it is paused or over', () => {
    fc.assert(
      fc.property(fc.nat(7_200_000), (sinceMs) => {
        const known = knowTimer(createTimer(noonMs), noonMs)
        const tickMs = selectNextTickMs(known, noonMs + sinceMs) ?? Number.NaN
        const before = selectTimerView(known, noonMs + sinceMs)
        const after = selectTimerView(known, noonMs + sinceMs + tickMs)
        expect(tickMs).toBeGreaterThan(0)
        expect(tickMs).toBeLessThanOrEqual(1_000)
        const isNextPhase = after.phase !== before.phase
        expect(isNextPhase || after.remainingSeconds === before.remainingSeconds - 1).toBe(true)
      }),
    )
    const paused = createTimer(noonMs, { pausedAt: new Date(noonMs + 90_000).toISOString() })
    expect(selectNextTickMs(knowTimer(paused, noonMs), noonMs + 100_000)).toBeNull()
    expect(selectTimerView(knowTimer(paused, noonMs), noonMs + 100_000).remainingSeconds).toBe(1_410)
    const waiting = knowTimer(createTimer(noonMs, { isContinuing: false }), noonMs)
    expect(selectNextTickMs(waiting, noonMs + 1_500_000)).toBeNull()
  })

  test.each([
    [0, '00:00'],
    [59, '00:59'],
    [1_500, '25:00'],
    [3_600, '1:00:00'],
    [10_799, '2:59:59'],
  ])('%d seconds read %s', (seconds, text) => {
    expect(formatRemaining(seconds)).toBe(text)
  })
})

describe('what a phase asks for', () => {
  const all = { closesMicrophone: true, opensMicrophone: true, calmsVideo: true, playsSounds: true }
  const change = (before: StudyPhase, now: StudyPhase, isArrival = false) => ({ before, now, isArrival })
  const open = { isMuted: false, hasClosed: false }
  const kinds = (...args: Parameters<typeof planPhase>) => planPhase(...args).map(({ kind }) => kind)

  test.each([
    ['focus closes an open microphone', change(null, 'focus'), open, ['closeMicrophone', 'playSound']],
    ['one that is closed stays so', change('break', 'focus'), { ...open, isMuted: true }, ['playSound']],
    [
      'a break opens what focus closed',
      change('focus', 'break'),
      { isMuted: true, hasClosed: true },
      ['openMicrophone', 'playSound'],
    ],
    [
      'and nothing that the person closed',
      change('focus', 'break'),
      { isMuted: true, hasClosed: false },
      ['playSound'],
    ],
    [
      'who comes into focus is closed without a sound',
      change(null, 'focus', true),
      open,
      ['closeMicrophone'],
    ],
    ['a pause asks for nothing', change('focus', null), open, []],
    ['nothing changes: nothing is done', change('focus', 'focus'), open, []],
  ] as const)('%s', (_what, changed, microphone, expected) => {
    expect(kinds(changed, microphone, all)).toEqual(expected)
  })

  test('nothing of it is done that the person does not want', () => {
    const nothing = { closesMicrophone: false, opensMicrophone: false, calmsVideo: false, playsSounds: false }
    expect(planPhase(change(null, 'focus'), open, nothing)).toEqual([])
    expect(planPhase(change('focus', 'break'), { isMuted: true, hasClosed: true }, nothing)).toEqual([])
  })

  test('a microphone that the person closed is never opened', () => {
    const phase = fc.constantFrom<StudyPhase>('focus', 'break', null)
    fc.assert(
      fc.property(phase, phase, fc.boolean(), fc.boolean(), (before, now, isMuted, isArrival) => {
        const planned = kinds(change(before, now, isArrival), { isMuted, hasClosed: false }, all)
        expect(planned).not.toContain('openMicrophone')
      }),
    )
  })

  test('a timer that is paused or over is no phase', () => {
    const view = {
      phase: 'focus',
      round: 1,
      rounds: 4,
      remainingSeconds: 9,
      isPaused: false,
      isOver: false,
    } as const
    expect(selectStudyPhase(view)).toBe('focus')
    expect(selectStudyPhase({ ...view, phase: 'long_break' })).toBe('break')
    expect(selectStudyPhase({ ...view, isPaused: true })).toBeNull()
    expect(selectStudyPhase({ ...view, isOver: true })).toBeNull()
    expect(selectStudyPhase(null)).toBeNull()
  })
})

describe('lengths as somebody types them', () => {
  test.each([
    ['focusMinutes', ' 45 ', 45],
    ['focusMinutes', '0', null],
    ['focusMinutes', '181', null],
    ['focusMinutes', '2.5', null],
    ['focusMinutes', '', null],
    ['rounds', '12', 12],
    ['rounds', '13', null],
  ] as const)('%s %j is %s', (field, text, expected) => {
    expect(readLength(field, text)).toBe(expected)
  })

  test('a preset is known again, anything else is none', () => {
    expect(timerPresets.map(selectPreset)).toEqual(timerPresets.map((_preset, index) => index))
    const [first] = timerPresets
    expect(first && selectPreset({ ...first, rounds: 5 })).toBe(-1)
  })
})
