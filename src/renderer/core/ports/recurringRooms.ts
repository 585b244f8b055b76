import type {
  NewRecurringRoom,
  RecurringInvite,
  RecurringMember,
  RecurringRoom,
  RecurringRoomChanges,
} from '../../../shared/api/recurringRooms.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** Recurring rooms, which the Data API has functions for (docs/recurring-rooms.md). */
export interface RecurringRoomsPort {
  /** All that the person belongs to, what is on or next on first. */
  list(): Promise<Result<readonly RecurringRoom[], RoomsFailure>>
  create(room: NewRecurringRoom): Promise<Result<{ readonly recurringRoomId: string }, RoomsFailure>>
  /** Changes what is named. Owner only; a live room keeps its own until the next one. */
  update(recurringRoomId: string, changes: RecurringRoomChanges): Promise<Result<void, RoomsFailure>>
  /** A live room goes on as an ordinary one. Owner only. */
  remove(recurringRoomId: string): Promise<Result<void, RoomsFailure>>
  /** An owner's room goes to whoever has been a member longest. */
  leave(recurringRoomId: string): Promise<Result<void, RoomsFailure>>
  /** The live room, opened if there is none. */
  open(recurringRoomId: string): Promise<Result<{ readonly roomId: string }, RoomsFailure>>
  /** A code by which 25 people may become members within a week. Owner only. */
  invite(recurringRoomId: string): Promise<Result<RecurringInvite, RoomsFailure>>
  /** Ends every invitation; who has come in by one stays a member. Owner only. */
  revokeInvites(recurringRoomId: string): Promise<Result<void, RoomsFailure>>
  /** Its owner first, then in the order of joining. */
  members(recurringRoomId: string): Promise<Result<readonly RecurringMember[], RoomsFailure>>
  /** Out of it, and out of its live room. An invitation that still works lets them in again. Owner only. */
  removeMember(recurringRoomId: string, userId: string): Promise<Result<void, RoomsFailure>>
  /** Makes the person a member by a code. Again changes nothing. */
  accept(inviteCode: string): Promise<Result<{ readonly recurringRoomId: string }, RoomsFailure>>
}
