import type { RoomPhase } from '../../../shared/domain/room.ts'
import type { TimerAnchors } from '../../../shared/domain/timer.ts'
import { timerAt } from '../../../shared/domain/timerAt.ts'

/**
 * What a room's timer asks for, in the lobby's few words. `minutesLeft`: rounded up, from 1. `over`: the phase has ended and waits for
 * somebody to begin the next.
 */
export type RoomPhaseView =
  | { readonly kind: 'running'; readonly phase: RoomPhase; readonly minutesLeft: number }
  | { readonly kind: 'paused' | 'over'; readonly phase: RoomPhase }

/** `nowMs`: milliseconds since 1970 by the server's clock. Null where the room has no timer. */
export function selectRoomPhase(timer: TimerAnchors | null, nowMs: number): RoomPhaseView | null {
  if (timer === null) return null
  const { phase, remainingMs, isPaused, isOver } = timerAt(timer, nowMs)
  const inShort: RoomPhase = phase === 'focus' ? 'focus' : 'break'
  if (isPaused || isOver) return { kind: isPaused ? 'paused' : 'over', phase: inShort }
  return { kind: 'running', phase: inShort, minutesLeft: Math.max(Math.ceil(remainingMs / 60_000), 1) }
}

/** Whether a room is in such a phase at a moment, as the API filters: a timer that stands still is in none. */
export function isInPhase(timer: TimerAnchors | null, phase: RoomPhase, nowMs: number): boolean {
  const view = selectRoomPhase(timer, nowMs)
  return view?.kind === 'running' && view.phase === phase
}

/** Whether both read the same. */
export function isSamePhase(one: RoomPhaseView | null, other: RoomPhaseView | null): boolean {
  if (one === null || other === null) return one === other
  const isSameKind = one.kind === other.kind && one.phase === other.phase
  return (
    isSameKind &&
    (one.kind !== 'running' || other.kind !== 'running' || one.minutesLeft === other.minutesLeft)
  )
}
