import { roomTimerSchema } from '../../../shared/domain/timer.ts'
import type { RoomTimerPort, TimerAnswer } from '../../core/ports/roomTimer.ts'
import { callFunction } from './callFunction.ts'
import type { RequestOptions } from './sendRequest.ts'

/** No body at all is a timer that is not there any more. */
const answerSchema = roomTimerSchema.nullish().transform((timer) => timer ?? null)

/** A room's timer by the functions of the schema. */
export function createRoomTimerPort(options: RequestOptions): RoomTimerPort {
  const call = (name: string, roomId: string, rest: Readonly<Record<string, unknown>> = {}): TimerAnswer =>
    callFunction(options, name, { p_room_id: roomId, ...rest }, answerSchema)
  return {
    read: (roomId) => call('get_timer', roomId),
    start: (roomId, { focusMinutes, shortBreakMinutes, longBreakMinutes, rounds }) =>
      call('start_timer', roomId, {
        p_focus_minutes: focusMinutes,
        p_short_break_minutes: shortBreakMinutes,
        p_long_break_minutes: longBreakMinutes,
        p_rounds: rounds,
      }),
    pause: (roomId) => call('pause_timer', roomId),
    resume: (roomId) => call('resume_timer', roomId),
    stop: (roomId) => call('stop_timer', roomId),
    skip: (roomId, { phase, round }) => call('skip_phase', roomId, { p_phase: phase, p_round: round }),
  }
}
