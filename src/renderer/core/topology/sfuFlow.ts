/** Between two looks no more than this is counted as silence: a page that slept wakes up with an old look. */
const LONGEST_LOOK_MS = 2_000
/** With its signaling lost as well, a server is gone: it sends reports and answers checks all the time while it lives. */
const SILENCE_WITHOUT_SIGNALING_MS = 1_500
/** Where nobody sends anything a browser checks the path every 2.5 s, and the answer is all that comes. */
const SILENCE_MS = 4_000
/** Media comes, and no answer: of those that are lost one after the other where a fifth of all packets is, few take longer. */
const UNANSWERED_MS = 5_000
/** For so long its own means are given to mend it before they are asked again. */
const RESTART_INTERVAL_MS = 10_000

/** What has come from the media server so far. */
export interface SfuReading {
  readonly bytes: number
  /** Answers to checks of the path: without them nothing that we send arrives, whatever still comes. */
  readonly answers: number
}

/** Whether media flows to the media server and from it. */
export interface SfuFlow {
  readonly lookedAtMs: number
  readonly reading: SfuReading
  /** For how long no byte has come, and no answer. */
  readonly silentMs: number
  readonly unansweredMs: number
  readonly isStalled: boolean
  readonly restartedAtMs: number | null
}

export interface SfuFlowStep {
  readonly flow: SfuFlow
  /** Another path to the same server is to be sought now. */
  readonly restarts: boolean
}

/** Follows what comes, by looks that are about half a second apart; null: the first one. */
export function followSfuFlow(
  flow: SfuFlow | null,
  reading: SfuReading,
  nowMs: number,
  isSignalingLost: boolean,
): SfuFlowStep {
  if (flow === null) return { flow: createSfuFlow(reading, nowMs), restarts: false }
  const lookMs = Math.min(nowMs - flow.lookedAtMs, LONGEST_LOOK_MS)
  const silentMs = reading.bytes === flow.reading.bytes ? flow.silentMs + lookMs : 0
  const unansweredMs = reading.answers === flow.reading.answers ? flow.unansweredMs + lookMs : 0
  const isStalled = isSignalingLost
    ? silentMs >= SILENCE_WITHOUT_SIGNALING_MS
    : silentMs >= SILENCE_MS || unansweredMs >= UNANSWERED_MS
  const isRested = flow.restartedAtMs === null || nowMs - flow.restartedAtMs >= RESTART_INTERVAL_MS
  // Without signaling the client is at it already.
  const restarts = isStalled && !isSignalingLost && isRested
  return {
    flow: {
      lookedAtMs: nowMs,
      reading,
      silentMs,
      unansweredMs,
      isStalled,
      restartedAtMs: restarts ? nowMs : flow.restartedAtMs,
    },
    restarts,
  }
}

function createSfuFlow(reading: SfuReading, nowMs: number): SfuFlow {
  return { lookedAtMs: nowMs, reading, silentMs: 0, unansweredMs: 0, isStalled: false, restartedAtMs: null }
}
