import type { TimerView } from './selectTimerView.ts'

/** What the timer asks of those in the room. A pause, or a phase that is over, asks for nothing. */
export type StudyPhase = 'focus' | 'break' | null

/** What a person lets the timer do. */
export interface TimerPreferences {
  readonly closesMicrophone: boolean
  readonly opensMicrophone: boolean
  readonly calmsVideo: boolean
  readonly playsSounds: boolean
}

export type PhaseAction =
  | { readonly kind: 'closeMicrophone' | 'openMicrophone' }
  | { readonly kind: 'playSound'; readonly phase: 'focus' | 'break' }

export function selectStudyPhase(view: TimerView | null): StudyPhase {
  if (view === null || view.isPaused || view.isOver) return null
  return view.phase === 'focus' ? 'focus' : 'break'
}

/**
 * What to do when one phase gives way to another. `hasClosed`: the microphone is closed because an earlier focus phase closed it.
 * Somebody who comes into a phase that runs already (`isArrival`) hears no sound of it.
 */
export function planPhase(
  change: { readonly before: StudyPhase; readonly now: StudyPhase; readonly isArrival: boolean },
  microphone: { readonly isMuted: boolean; readonly hasClosed: boolean },
  preferences: TimerPreferences,
): readonly PhaseAction[] {
  const { before, now, isArrival } = change
  if (now === before || now === null) return []
  const actions: PhaseAction[] = []
  if (now === 'focus' && preferences.closesMicrophone && !microphone.isMuted) {
    actions.push({ kind: 'closeMicrophone' })
  }
  if (now === 'break' && preferences.opensMicrophone && microphone.hasClosed && microphone.isMuted) {
    actions.push({ kind: 'openMicrophone' })
  }
  if (preferences.playsSounds && !isArrival) actions.push({ kind: 'playSound', phase: now })
  return actions
}
