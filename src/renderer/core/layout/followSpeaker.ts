/** Softer than this is a quiet room: -34 dBov, some 10 dB below somebody who speaks softly to a headset. */
export const SPEECH_LEVEL = 0.02
/** A cough or a door is shorter. */
const TAKES_OVER_AFTER_MS = 1_500
/** Pauses between sentences are shorter. */
const SILENT_AFTER_MS = 3_000
/** Nobody is shown for less. */
const SHOWN_AT_LEAST_MS = 4_000
/** What was not measured for longer, as while the computer slept, counts as no more than this. */
const LONGEST_STEP_MS = 1_000

/** Who speaks, and how far others are on their way to it. */
export interface SpeakerState {
  /** Null: nobody has spoken yet, or who spoke is gone. */
  readonly speaker: string | null
  readonly shownSinceMs: number
  readonly measuredAtMs: number | null
  /** 0: silent for long; 1: speaking for long enough. */
  readonly activity: ReadonlyMap<string, number>
}

export const initialSpeakerState: SpeakerState = {
  speaker: null,
  shownSinceMs: Number.NEGATIVE_INFINITY,
  measuredAtMs: null,
  activity: new Map(),
}

/**
 * Who speaks, by how loud people are (0 to 1, a share of full scale). Somebody takes over who has spoken for a while, once the one before
 * them has been silent for a while: people who talk with each other, short answers and noises change nothing. Who is not
 * named is not here.
 */
export function followSpeaker(
  state: SpeakerState,
  levels: ReadonlyMap<string, number>,
  nowMs: number,
): SpeakerState {
  const sinceMs = state.measuredAtMs === null ? 0 : nowMs - state.measuredAtMs
  const stepMs = Math.min(LONGEST_STEP_MS, Math.max(0, sinceMs))
  const activity = new Map(
    [...levels].map(([connectionId, level]) => {
      const change = level >= SPEECH_LEVEL ? stepMs / TAKES_OVER_AFTER_MS : -stepMs / SILENT_AFTER_MS
      return [connectionId, Math.min(1, Math.max(0, (state.activity.get(connectionId) ?? 0) + change))]
    }),
  )
  const known = { ...state, measuredAtMs: nowMs, activity }
  const isHere = state.speaker !== null && levels.has(state.speaker)
  const rests = isHere && nowMs - state.shownSinceMs < SHOWN_AT_LEAST_MS
  const isSilent = !isHere || (activity.get(state.speaker ?? '') ?? 0) === 0
  const next = isSilent && !rests ? selectNext(activity, levels) : null
  if (next !== null && next !== state.speaker) return { ...known, speaker: next, shownSinceMs: nowMs }
  return isHere ? known : { ...known, speaker: null }
}

/** Of those who have spoken for long enough, the loudest. */
function selectNext(
  activity: ReadonlyMap<string, number>,
  levels: ReadonlyMap<string, number>,
): string | null {
  const due = [...activity].filter(([, share]) => share === 1).map(([connectionId]) => connectionId)
  const levelOf = (connectionId: string): number => levels.get(connectionId) ?? 0
  return due.toSorted((a, b) => levelOf(b) - levelOf(a))[0] ?? null
}
