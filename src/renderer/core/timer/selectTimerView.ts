import type { RoomTimer, TimerPhase } from '../../../shared/domain/timer.ts'
import { timerAt } from '../../../shared/domain/timerAt.ts'

/** A room's timer as somebody sees it. Serialisable. */
export interface TimerView {
  readonly phase: TimerPhase
  /** From 1 to `rounds`. */
  readonly round: number
  readonly rounds: number
  /** Rounded up: a phase ends when it shows nothing. */
  readonly remainingSeconds: number
  readonly isPaused: boolean
  /** The phase is over, and the next one waits to be begun. */
  readonly isOver: boolean
}

/** A timer as it was told, and how far the server's clock was ahead of ours then; milliseconds. */
export interface KnownTimer {
  readonly timer: RoomTimer
  readonly aheadMs: number
}

/** `nowMs`: our own clock when the answer came. */
export function knowTimer(timer: RoomTimer, nowMs: number): KnownTimer {
  return { timer, aheadMs: Date.parse(timer.serverNow) - nowMs }
}

export function selectTimerView({ timer, aheadMs }: KnownTimer, nowMs: number): TimerView {
  const { phase, round, remainingMs, isPaused, isOver } = timerAt(timer, nowMs + aheadMs)
  return {
    phase,
    round,
    rounds: timer.rounds,
    remainingSeconds: Math.ceil(remainingMs / 1_000),
    isPaused,
    isOver,
  }
}

/** Until what is shown changes; null while it stands still. */
export function selectNextTickMs({ timer, aheadMs }: KnownTimer, nowMs: number): number | null {
  const { remainingMs, isPaused, isOver } = timerAt(timer, nowMs + aheadMs)
  if (isPaused || isOver) return null
  return remainingMs % 1_000 || 1_000
}
