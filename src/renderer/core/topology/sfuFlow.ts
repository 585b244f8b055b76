/** Between two looks no more than this is counted as silence: a page that slept wakes up with an old look. */
const LONGEST_LOOK_MS = 2_000
/** With its signaling lost as well, a server is gone: where anybody sends anything something comes all the time while it lives. */
const SILENCE_WITHOUT_SIGNALING_MS = 1_500
/** Where nobody sends anything a browser checks the path every 2.5 s, and the answer is all that comes. */
const SILENCE_MS = 4_000
/** Media comes, and no answer: of those that are lost one after the other where a fifth of all packets is, few take longer. */
const UNANSWERED_MS = 5_000
/** For so long its own means are given to mend it before they are asked again. */
const RESTART_INTERVAL_MS = 10_000

/** What has come from the media server so far. */
export interface SfuReading {
  /** Of media and data; checks of the path and their answers are not counted (W3C webrtc-stats, `bytesReceived`). */
  readonly bytes: number
  /** Answers to checks of the path: without them nothing that we send arrives, whatever still comes. */
  readonly answers: number
}

/** Whether media flows to the media server and from it. */
export interface SfuFlow {
  readonly lookedAtMs: number
  readonly reading: SfuReading
  /** For how long neither a byte nor an answer has come. */
  readonly silentMs: number
  /** For how long no answer has come. */
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
  // A connection that was made anew begins to count anew: less than before is nothing that has come.
  const isAnswered = reading.answers > flow.reading.answers
  const silentMs = isAnswered || reading.bytes > flow.reading.bytes ? 0 : flow.silentMs + lookMs
  const unansweredMs = isAnswered ? 0 : flow.unansweredMs + lookMs
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
