import { ok } from '../../../../src/shared/result.ts'
import type { Result } from '../../../../src/shared/result.ts'
import type { SfuSweep } from '../../../../src/shared/api/media.ts'
import { readAs } from '../answer.ts'
import type { Refusal } from '../refusal.ts'
import type { CallAsService } from '../serviceCall.ts'
import { takenRoomsSchema } from './mediaRoom.ts'
import type { MediaRooms, WantedRoom } from './mediaRoom.ts'
import { planMediaRoom } from './planMediaRoom.ts'

/** How many rooms are compared at the same time, and taken at a time. */
const ROOMS_AT_ONCE = 10
/** A sweep that finds more than this leaves the rest to the next. */
const MAX_ROUNDS = 50

interface RoomOutcome {
  readonly isDone: boolean
  readonly removed: number
  readonly changed: number
}

/**
 * Makes the media server follow the database: compares every room that is due and puts right what differs. Whatever does
 * not succeed stays due. Several may run at the same time, here and elsewhere: a room is one's own while one is at it.
 */
export function createSfuSweep(
  call: CallAsService,
  rooms: MediaRooms,
): () => Promise<Result<SfuSweep, Refusal>> {
  async function sweepRoom(wanted: WantedRoom): Promise<RoomOutcome> {
    try {
      const participants = wanted.isOpen ? await rooms.listParticipants(wanted.roomId) : []
      const commands = planMediaRoom(wanted, participants)
      // One that fails keeps no other from being done.
      const results = await Promise.allSettled(commands.map((command) => rooms.run(wanted.roomId, command)))
      const done = commands.filter((_command, index) => results[index]?.status === 'fulfilled')
      return {
        isDone: done.length === commands.length,
        removed: done.filter(({ kind }) => kind === 'remove').length,
        changed: done.filter(({ kind }) => kind === 'permit' || kind === 'mute').length,
      }
    } catch {
      return { isDone: false, removed: 0, changed: 0 }
    }
  }

  async function sweepAndSettle(leaseId: string, wanted: WantedRoom): Promise<RoomOutcome> {
    const outcome = await sweepRoom(wanted)
    const settled = await call('settle_sfu_room', {
      p_room_id: wanted.roomId,
      p_lease_id: leaseId,
      p_version: wanted.version,
      p_is_done: outcome.isDone,
      p_has_removed: outcome.removed > 0,
    })
    return settled.ok ? outcome : { ...outcome, isDone: false }
  }

  return async () => {
    const sum = { rooms: 0, removed: 0, changed: 0, failed: 0 }
    for (let round = 1; ; round += 1) {
      // In the end none are taken: the answer says when to come back.
      const isLast = round > MAX_ROUNDS || sum.failed > 0
      const answer = await call('take_sfu_rooms', { p_limit: isLast ? 0 : ROOMS_AT_ONCE })
      if (!answer.ok) return answer
      const taken = readAs(takenRoomsSchema, answer.value)
      if (!taken.ok) return taken
      const { leaseId, rooms: wanted, nextDueInMs } = taken.value
      if (wanted.length === 0) return ok({ ...sum, nextDueInMs })
      const outcomes = await Promise.all(wanted.map((room) => sweepAndSettle(leaseId, room)))
      for (const { isDone, removed, changed } of outcomes) {
        sum.rooms += 1
        sum.removed += removed
        sum.changed += changed
        if (!isDone) sum.failed += 1
      }
    }
  }
}
