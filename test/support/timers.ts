import type { RoomTimer } from '../../src/shared/domain/timer.ts'

/** A timer of 25, 5 and 15 minutes that began its first focus phase at this moment, as the server tells it then. */
export function createTimer(startedAtMs: number, fields: Partial<RoomTimer> = {}): RoomTimer {
  const at = (ms: number): string => new Date(ms).toISOString()
  return {
    phase: 'focus',
    round: 1,
    phaseStartedAt: at(startedAtMs),
    phaseEndsAt: at(startedAtMs + 25 * 60_000),
    focusMinutes: 25,
    shortBreakMinutes: 5,
    longBreakMinutes: 15,
    rounds: 4,
    isContinuing: true,
    pausedAt: null,
    updatedBy: null,
    updatedAt: at(startedAtMs),
    serverNow: at(startedAtMs),
    ...fields,
  }
}
