import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import { createTimer } from '../../../../test/support/timers.ts'
import type { RoomTimer } from '../../../shared/domain/timer.ts'
import { err, ok } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { RoomTimerPort, TimerAnswer } from '../../core/ports/roomTimer.ts'
import type { TimerPreferences } from '../../core/timer/planPhase.ts'
import type { TimerController } from '../contracts.ts'
import { createTimerController } from './createTimerController.ts'

const { room } = createLiveSnapshot()
const minuteMs = 60_000
const startMs = Date.parse('2026-11-26T12:00:00.000Z')
const lengths = { focusMinutes: 25, shortBreakMinutes: 5, longBreakMinutes: 15, rounds: 4 }

let clock: FakeClock
let call: StoreApi<CallSnapshot>
let media: StoreApi<LocalMediaSnapshot>
let hear: (timer: RoomTimer | null) => void
let asked: string[]
let answer: () => TimerAnswer
let heard: string[]
let phases: (string | null)[]
let mayOpen: boolean
let preferences: TimerPreferences
let tellPreferences: () => void
let timer: TimerController & { dispose(): void }

const live = (signaling: 'joined' | 'reconnecting' = 'joined') => createLiveSnapshot({ signaling })

beforeEach(() => {
  clock = createFakeClock(startMs)
  call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  media = createStore<LocalMediaSnapshot>(() => ({
    camera: { kind: 'off' },
    microphone: { kind: 'on', deviceId: 'm', label: 'M' },
    isMuted: false,
    devices: { cameras: [], microphones: [], speakers: [] },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
  }))
  asked = []
  heard = []
  phases = []
  mayOpen = true
  answer = () => Promise.resolve(ok(null))
  preferences = { closesMicrophone: true, opensMicrophone: false, calmsVideo: true, playsSounds: true }
  const say = (what: string): TimerAnswer => {
    asked.push(what)
    return answer()
  }
  const port: RoomTimerPort = {
    read: () => say('read'),
    start: (_roomId, { focusMinutes }) => say(`start ${focusMinutes}`),
    pause: () => say('pause'),
    resume: () => say('resume'),
    stop: () => say('stop'),
    skip: (_roomId, { phase, round }) => say(`skip ${phase} ${round}`),
  }
  timer = createTimerController({
    port,
    call: {
      store: call,
      subscribeToNews(listener) {
        hear = (changed) => listener({ kind: 'timerChanged', timer: changed })
        return () => undefined
      },
    },
    localMedia: {
      store: media,
      setMuted(isMuted) {
        media.setState({ isMuted })
        return Promise.resolve()
      },
    },
    preferences: {
      current: () => preferences,
      subscribe(listener) {
        tellPreferences = listener
        return () => undefined
      },
    },
    onPhase: (phase) => phases.push(phase),
    mayOpenMicrophone: () => mayOpen,
    playSound: (phase) => heard.push(phase),
    clock,
  })
})

const view = () => timer.store.getState().view

/** Into the room, where a timer began its first focus phase so long ago. */
async function enter(sinceMs: number | null): Promise<void> {
  answer = () =>
    Promise.resolve(
      ok(
        sinceMs === null
          ? null
          : createTimer(clock.now() - sinceMs, { serverNow: new Date(clock.now()).toISOString() }),
      ),
    )
  call.setState(live(), true)
  await clock.advanceAsync(0)
}

test('a timer that runs is there as soon as one is in the room: it counts down, and focus closes the microphone without a sound', async () => {
  await enter(minuteMs)
  expect(view()).toMatchObject({ phase: 'focus', remainingSeconds: 24 * 60 })
  expect(media.getState().isMuted).toBe(true)
  expect(heard).toEqual([])
  expect(phases.at(-1)).toBe('focus')
  clock.advance(10_000)
  expect(view()?.remainingSeconds).toBe(24 * 60 - 10)
})

test('a timer that begins while the room is asked for it is not taken away by an answer without one', async () => {
  let arrive: (result: Awaited<TimerAnswer>) => void = () => undefined
  answer = () => new Promise((resolve) => (arrive = resolve))
  call.setState(live(), true)
  hear(createTimer(startMs))
  arrive(ok(null))
  await clock.advanceAsync(0)
  expect(view()).toMatchObject({ phase: 'focus' })
})

test('a break is heard, brings pictures back, and opens nothing unless the person wants it', async () => {
  await enter(24 * minuteMs)
  clock.advance(minuteMs)
  expect(view()).toMatchObject({ phase: 'short_break', remainingSeconds: 300 })
  expect(heard).toEqual(['break'])
  expect(phases.at(-1)).toBe('break')
  expect(media.getState().isMuted).toBe(true)

  preferences = { ...preferences, opensMicrophone: true }
  clock.advance(5 * minuteMs)
  clock.advance(25 * minuteMs)
  expect(heard).toEqual(['break', 'focus', 'break'])
  expect(media.getState().isMuted).toBe(false)
})

test('whoever hears nobody is not opened by a break', async () => {
  preferences = { ...preferences, opensMicrophone: true }
  mayOpen = false
  await enter(0)
  clock.advance(25 * minuteMs)
  expect(view()?.phase).toBe('short_break')
  expect(media.getState().isMuted).toBe(true)
})

test('who opens the microphone in focus keeps it, and it is theirs from then on', async () => {
  preferences = { ...preferences, opensMicrophone: true }
  await enter(0)
  media.setState({ isMuted: false })
  clock.advance(minuteMs)
  expect(media.getState().isMuted).toBe(false)
  media.setState({ isMuted: true })
  clock.advance(24 * minuteMs)
  expect(view()?.phase).toBe('short_break')
  expect(media.getState().isMuted).toBe(true)
})

test('changes of others arrive; what is said late of an earlier one is no news', async () => {
  await enter(null)
  expect(timer.store.getState()).toMatchObject({ isKnown: true, view: null })
  const started = createTimer(clock.now())
  hear(started)
  expect(view()).toMatchObject({ phase: 'focus', remainingSeconds: 1_500 })
  clock.advance(10_000)
  const at = new Date(clock.now()).toISOString()
  hear({ ...started, pausedAt: at, updatedAt: at, serverNow: at })
  expect(view()).toMatchObject({ isPaused: true, remainingSeconds: 1_490 })
  expect(phases.at(-1)).toBeNull()
  hear(started)
  expect(view()?.isPaused).toBe(true)
  hear(null)
  expect(view()).toBeNull()
  hear(started)
  expect(clock.pendingCount()).toBeLessThanOrEqual(1)
})

test('what was missed while the channel was away is read again', async () => {
  await enter(null)
  call.setState(live('reconnecting'), true)
  await enter(5 * minuteMs)
  expect(asked).toEqual(['read', 'read'])
  expect(view()?.remainingSeconds).toBe(20 * 60)
})

test('changes are asked for one at a time, and a refusal is told until the next one', async () => {
  await enter(null)
  let settle: (value: Awaited<TimerAnswer>) => void = () => undefined
  answer = () => new Promise((resolve) => (settle = resolve))
  const first = timer.start(lengths)
  await timer.start(lengths)
  expect(asked).toEqual(['read', 'start 25'])
  expect(timer.store.getState().isBusy).toBe(true)
  settle(err({ kind: 'not_allowed', message: '', retryAfterMs: null }))
  await first
  expect(timer.store.getState()).toMatchObject({
    isBusy: false,
    view: null,
    failure: { kind: 'not_allowed' },
  })
  answer = () => Promise.resolve(ok(createTimer(clock.now())))
  await timer.start(lengths)
  expect(timer.store.getState()).toMatchObject({ failure: null, view: { phase: 'focus' } })
  await timer.skip()
  expect(asked.at(-1)).toBe('skip focus 1')
})

test('leaving ends it: nothing ticks, and pictures are as they were', async () => {
  await enter(minuteMs)
  call.setState({ kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }, true)
  expect(timer.store.getState()).toMatchObject({ view: null, isKnown: false })
  expect(phases.at(-1)).toBeNull()
  expect(clock.pendingCount()).toBe(0)
})

test('who does not want calm pictures gets none, from the moment they say so', async () => {
  await enter(minuteMs)
  preferences = { ...preferences, calmsVideo: false }
  tellPreferences()
  expect(phases.at(-1)).toBeNull()
  preferences = { ...preferences, calmsVideo: true }
  tellPreferences()
  expect(phases.at(-1)).toBe('focus')
})
