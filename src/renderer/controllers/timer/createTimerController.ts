import { createStore } from 'zustand/vanilla'
import type { RoomTimer } from '../../../shared/domain/timer.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RoomNewsSource } from '../../core/ports/roomNews.ts'
import type { RoomTimerPort, TimerAnswer } from '../../core/ports/roomTimer.ts'
import {
  planPhase,
  selectStudyPhase,
  type PhaseAction,
  type StudyPhase,
  type TimerPreferences,
} from '../../core/timer/planPhase.ts'
import {
  knowTimer,
  selectNextTickMs,
  selectTimerView,
  type KnownTimer,
  type TimerView,
} from '../../core/timer/selectTimerView.ts'
import type { LocalMediaController, ReadableStore, TimerController, TimerSnapshot } from '../contracts.ts'

/** What the person lets the timer do, kept between sessions. */
export interface TimerPreferenceSource {
  current(): TimerPreferences
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: () => void): () => void
}

export interface TimerDependencies {
  readonly port: RoomTimerPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & RoomNewsSource
  readonly localMedia: Pick<LocalMediaController, 'store' | 'setMuted'>
  readonly preferences: TimerPreferenceSource
  /** Null: no phase that asks for anything, or the person wants their picture as it is. */
  readonly onPhase: (phase: StudyPhase) => void
  /** Whoever hears nobody is not heard either, whatever phase begins. */
  readonly mayOpenMicrophone: () => boolean
  readonly playSound: (phase: 'focus' | 'break') => void
  readonly clock: Clock
}

const away: TimerSnapshot = { view: null, isKnown: false, isBusy: false, failure: null }

/**
 * The room's timer here: counts down by the server's clock, does what a phase asks for, and changes the timer for everybody.
 * It is read whenever the room's channel is joined, as a change may have been missed before.
 */
export function createTimerController(deps: TimerDependencies): TimerController & { dispose(): void } {
  const { port, call, localMedia, preferences, clock } = deps
  const store = createStore<TimerSnapshot>(() => away)
  let roomId: string | null = null
  let known: KnownTimer | null = null
  /** Of the latest timer that was told, also where it has been stopped since. */
  let latestMs = Number.NEGATIVE_INFINITY
  /** Counts what was told, as an answer without a timer does not say of when it is. */
  let told = 0
  /** Undefined until something is known of the room that we came into. */
  let phase: StudyPhase | undefined
  let hasClosed = false
  let stopTicking: () => void = () => undefined

  function show(view: TimerView | null): void {
    store.setState({ view, isKnown: true })
    const now = selectStudyPhase(view)
    const before = phase
    phase = now
    if (before === now) return
    const { isMuted } = localMedia.store.getState()
    const change = { before: before ?? null, now, isArrival: before === undefined }
    const microphone = { isMuted, hasClosed: hasClosed && deps.mayOpenMicrophone() }
    for (const action of planPhase(change, microphone, preferences.current())) run(action)
    tellPhase()
  }

  function tellPhase(): void {
    deps.onPhase(preferences.current().calmsVideo ? (phase ?? null) : null)
  }

  function run(action: PhaseAction): void {
    switch (action.kind) {
      case 'closeMicrophone':
        hasClosed = true
        void localMedia.setMuted(true)
        return
      case 'openMicrophone':
        hasClosed = false
        void localMedia.setMuted(false)
        return
      case 'playSound':
        deps.playSound(action.phase)
    }
  }

  function tick(): void {
    stopTicking()
    const nowMs = clock.now()
    show(known === null ? null : selectTimerView(known, nowMs))
    const delayMs = known === null ? null : selectNextTickMs(known, nowMs)
    stopTicking = delayMs === null ? () => undefined : clock.schedule(delayMs, tick)
  }

  function take(timer: RoomTimer | null): void {
    const changedMs = timer === null ? latestMs : Date.parse(timer.updatedAt)
    // What is said late of an earlier change is no news.
    if (changedMs < latestMs) return
    latestMs = changedMs
    told += 1
    known = timer === null ? null : knowTimer(timer, clock.now())
    tick()
  }

  /** What was told while we asked is newer than an answer without a timer, or says the same. */
  async function ask(asked: TimerAnswer): Promise<Awaited<TimerAnswer>> {
    const id = roomId
    const before = told
    const answer = await asked
    if (roomId === id && answer.ok && (answer.value !== null || told === before)) take(answer.value)
    return answer
  }

  async function change(request: (id: string) => TimerAnswer): Promise<void> {
    const id = roomId
    if (id === null || store.getState().isBusy) return
    store.setState({ isBusy: true, failure: null })
    const answer = await ask(request(id))
    if (roomId === id) store.setState({ isBusy: false, failure: answer.ok ? null : answer.error })
  }

  function leave(): void {
    stopTicking()
    roomId = null
    known = null
    latestMs = Number.NEGATIVE_INFINITY
    phase = undefined
    hasClosed = false
    store.setState(away, true)
    deps.onPhase(null)
  }

  function handleCall(snapshot: CallSnapshot, before: CallSnapshot): void {
    if (snapshot.kind !== 'live') {
      if (roomId !== null) leave()
      return
    }
    if (roomId !== snapshot.room.id) {
      if (roomId !== null) leave()
      roomId = snapshot.room.id
    }
    const hadJoined = before.kind === 'live' && before.signaling === 'joined'
    if (snapshot.signaling === 'joined' && !hadJoined) void ask(port.read(snapshot.room.id))
  }

  const unsubscribe = [
    call.store.subscribe(handleCall),
    call.subscribeToNews((news) => {
      if (roomId !== null && news.kind === 'timerChanged') take(news.timer)
    }),
    preferences.subscribe(tellPhase),
    localMedia.store.subscribe(({ isMuted }) => {
      if (!isMuted) hasClosed = false
    }),
  ]

  return {
    store,
    start: (lengths) => change((id) => port.start(id, lengths)),
    pause: () => change((id) => port.pause(id)),
    resume: () => change((id) => port.resume(id)),
    stop: () => change((id) => port.stop(id)),
    async skip() {
      const { view } = store.getState()
      if (view !== null) await change((id) => port.skip(id, view))
    },
    dispose() {
      stopTicking()
      for (const end of unsubscribe) end()
    },
  }
}
