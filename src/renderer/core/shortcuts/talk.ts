/** What holding the key does. */
export type TalkMode = 'off' | 'pushToTalk' | 'pushToMute'

/** Whether the key is held; `wasMuted`: what it was before, which letting go brings back. */
export type TalkState =
  | { readonly kind: 'released' }
  | { readonly kind: 'held'; readonly mode: Exclude<TalkMode, 'off'>; readonly wasMuted: boolean }

export type TalkEvent =
  | { readonly kind: 'down'; readonly mode: TalkMode; readonly isMuted: boolean }
  /** The key is up, or nobody can know any more: the window lost the focus, the call is over, the mode was turned off. */
  | { readonly kind: 'up' }

export interface TalkStep {
  readonly state: TalkState
  /** Null: leave the microphone as it is. */
  readonly setMuted: boolean | null
}

/**
 * Push-to-talk and push-to-mute. Letting go of push-to-talk always mutes, whatever was before: nobody is heard who thinks they
 * are not. Letting go of push-to-mute brings back what was.
 */
export function transitionTalk(state: TalkState, event: TalkEvent): TalkStep {
  if (event.kind === 'up') {
    if (state.kind === 'released') return { state, setMuted: null }
    return { state: { kind: 'released' }, setMuted: state.mode === 'pushToTalk' || state.wasMuted }
  }
  // A key that is held repeats.
  if (state.kind === 'held' || event.mode === 'off') return { state, setMuted: null }
  return {
    state: { kind: 'held', mode: event.mode, wasMuted: event.isMuted },
    setMuted: event.mode === 'pushToMute',
  }
}
