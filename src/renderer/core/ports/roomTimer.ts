import type { RoomTimer } from '../../../shared/domain/timer.ts'
import type { TimerMoment } from '../../../shared/domain/timerAt.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** Phases in minutes, 1 to 180; `rounds`, 1 to 12, are the focus phases before the long break. */
export type TimerLengths = Pick<
  RoomTimer,
  'focusMinutes' | 'shortBreakMinutes' | 'longBreakMinutes' | 'rounds'
>

export type TimerAnswer = Promise<Result<RoomTimer | null, RoomsFailure>>

/** A room's timer, for those inside. Each answer is the timer as it is then; null: there is none. */
export interface RoomTimerPort {
  read(roomId: string): TimerAnswer
  /** The first focus phase, from now on, also where a timer runs already. */
  start(roomId: string, lengths: TimerLengths): TimerAnswer
  pause(roomId: string): TimerAnswer
  resume(roomId: string): TimerAnswer
  stop(roomId: string): TimerAnswer
  /** On to the next phase, if the current one is the one that was seen: two who skip at once skip once. */
  skip(roomId: string, seen: Pick<TimerMoment, 'phase' | 'round'>): TimerAnswer
}
