import type { UpdateRoomRequest } from '../../../shared/api/rooms.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** Changing and closing one's own room. Those inside are told by the database. */
export interface RoomSettingsPort {
  update(roomId: string, changes: UpdateRoomRequest): Promise<Result<void, RoomsFailure>>
  setLocked(roomId: string, isLocked: boolean): Promise<Result<void, RoomsFailure>>
  /** Everybody is out, and nobody can come in any more. */
  close(roomId: string): Promise<Result<void, RoomsFailure>>
}
