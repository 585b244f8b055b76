import { type RoomTimer, timerAt } from '../../../shared/domain/timer.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RecurringRoomsPort } from '../../core/ports/recurringRooms.ts'
import type { TrayTimer } from '../../core/tray/planTray.ts'

/** The tray tells minutes: somebody who starts or pauses the timer shows there within this time. */
const READ_INTERVAL_MS = 15_000

/** The timer of the room that one is in, as the tray tells it. */
export interface RoomTimerReader {
  /** The room that one is in now; null: none. */
  follow(roomId: string | null): void
  /** The timer at this moment; null: none runs. */
  current(): TrayTimer | null
  dispose(): void
}

/** Reads the timer as long as there is a room, and goes on from what was read by the clock, corrected by the server's. */
export function createRoomTimer(deps: {
  readonly port: Pick<RecurringRoomsPort, 'timer'>
  readonly clock: Clock
  readonly onChanged: () => void
}): RoomTimerReader {
  const { port, clock } = deps
  let roomId: string | null = null
  let read: { readonly timer: RoomTimer; readonly aheadMs: number } | null = null
  let cancel: () => void = () => undefined

  async function ask(asked: string): Promise<void> {
    const answer = await port.timer(asked)
    if (asked !== roomId) return
    if (answer.ok) {
      const timer = answer.value
      read = timer === null ? null : { timer, aheadMs: Date.parse(timer.serverNow) - clock.now() }
      deps.onChanged()
    }
    cancel()
    cancel = clock.schedule(READ_INTERVAL_MS, () => void ask(asked))
  }

  function follow(next: string | null): void {
    if (next === roomId) return
    roomId = next
    read = null
    cancel()
    if (next !== null) void ask(next)
  }

  return {
    follow,
    current() {
      if (read === null) return null
      const moment = timerAt(read.timer, clock.now() + read.aheadMs)
      return {
        phase: moment.phase === 'focus' ? 'focus' : 'break',
        remainingMs: moment.remainingMs,
        isPaused: moment.isPaused,
      }
    },
    dispose: () => follow(null),
  }
}
