import type { TimerAnchors, TimerPhase } from './timer.ts'

/*
 * Apart from the schemas, which bring their library along: the lobby's first picture tells what timers ask for.
 */

/** A timer at one moment. Milliseconds since 1970, by the server's clock. */
export interface TimerMoment {
  readonly phase: TimerPhase
  readonly round: number
  readonly startedAtMs: number
  readonly endsAtMs: number
  readonly remainingMs: number
  readonly isPaused: boolean
  /** The phase is over, and the next one waits to be begun. */
  readonly isOver: boolean
}

const minuteMs = 60_000

/** Where in a cycle the phase ends in which the timer was anchored. */
function anchoredOffsetMs(timer: TimerAnchors): number {
  const pairMs = (timer.focusMinutes + timer.shortBreakMinutes) * minuteMs
  if (timer.phase === 'focus') return (timer.round - 1) * pairMs + timer.focusMinutes * minuteMs
  return timer.phase === 'short_break' && timer.round < timer.rounds ? timer.round * pairMs : 0
}

/**
 * The timer at a moment of the server's clock. A moment before the anchor counts as the anchor. The same as
 * `private.timer_at` in the database, to the millisecond; a cycle is focus and short break by turns, then focus and the
 * long break.
 */
export function timerAt(timer: TimerAnchors, nowMs: number): TimerMoment {
  const anchorMs = Date.parse(timer.phaseStartedAt)
  const endMs = Date.parse(timer.phaseEndsAt)
  const isPaused = timer.pausedAt !== null
  const atMs = Math.max(Math.floor(timer.pausedAt === null ? nowMs : Date.parse(timer.pausedAt)), anchorMs)
  if (isPaused || !timer.isContinuing || atMs < endMs) {
    return {
      phase: timer.phase,
      round: timer.round,
      startedAtMs: anchorMs,
      endsAtMs: endMs,
      remainingMs: Math.max(endMs - atMs, 0),
      isPaused,
      isOver: !isPaused && atMs >= endMs,
    }
  }
  const focusMs = timer.focusMinutes * minuteMs
  const breakMs = timer.shortBreakMinutes * minuteMs
  const pairMs = focusMs + breakMs
  const longAtMs = pairMs * (timer.rounds - 1) + focusMs
  const longMs = timer.longBreakMinutes * minuteMs
  const positionMs = (anchoredOffsetMs(timer) + atMs - endMs) % (longAtMs + longMs)
  const inPhase = (phase: TimerPhase, round: number, withinMs: number, lengthMs: number): TimerMoment => ({
    phase,
    round,
    startedAtMs: atMs - withinMs,
    endsAtMs: atMs - withinMs + lengthMs,
    remainingMs: lengthMs - withinMs,
    isPaused,
    isOver: false,
  })
  if (positionMs >= longAtMs) return inPhase('long_break', timer.rounds, positionMs - longAtMs, longMs)
  const round = Math.floor(positionMs / pairMs) + 1
  const withinMs = positionMs % pairMs
  return withinMs < focusMs
    ? inPhase('focus', round, withinMs, focusMs)
    : inPhase('short_break', round, withinMs - focusMs, breakMs)
}
