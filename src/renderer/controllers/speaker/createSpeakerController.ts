import { createStore } from 'zustand/vanilla'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { followSpeaker, initialSpeakerState } from '../../core/layout/followSpeaker.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { SpeechPort } from '../../core/ports/speech.ts'
import type { ReadableStore, SpeakerController, SpeakerSnapshot } from '../contracts.ts'

/** Measures while anybody follows. Who is muted does not speak, whatever arrives of them. */
export function createSpeakerController(deps: {
  readonly call: ReadableStore<CallSnapshot>
  readonly speech: SpeechPort
  /** Whoever is hidden or silenced takes nobody's place. */
  readonly isFollowed: (userId: string) => boolean
  readonly clock: Pick<Clock, 'now'>
}): SpeakerController {
  const store = createStore<SpeakerSnapshot>(() => ({ connectionId: null, isSpeaking: false }))
  let state = initialSpeakerState
  let followers = 0
  let stopMeasuring: (() => void) | null = null

  function handleLevels(levels: ReadonlyMap<string, number>): void {
    const snapshot = deps.call.getState()
    const others = snapshot.kind === 'live' ? snapshot.others : []
    const here = others.map(({ connectionId, userId, mediaState }) => {
      const speaks = !mediaState.isMuted && deps.isFollowed(userId)
      const level = speaks ? (levels.get(connectionId) ?? 0) : 0
      return [connectionId, level] as const
    })
    state = followSpeaker(state, new Map(here), deps.clock.now())
    tell()
  }

  function tell(): void {
    const { speaker, activity } = state
    const next = { connectionId: speaker, isSpeaking: speaker !== null && (activity.get(speaker) ?? 0) > 0 }
    const known = store.getState()
    if (known.connectionId !== next.connectionId || known.isSpeaking !== next.isSpeaking) store.setState(next)
  }

  return {
    store,
    follow() {
      followers += 1
      stopMeasuring ??= deps.speech.subscribe(handleLevels)
      let isFollowing = true
      return () => {
        if (!isFollowing) return
        isFollowing = false
        followers -= 1
        if (followers > 0) return
        stopMeasuring?.()
        stopMeasuring = null
        // What was heard so far says nothing of what is said meanwhile.
        state = { ...state, activity: new Map() }
        tell()
      }
    },
  }
}
