import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** What somebody is reported for. */
export type ReportReason = 'harassment' | 'sexual_content' | 'violence' | 'spam' | 'underage' | 'other'

type Done = Promise<Result<void, RoomsFailure>>

/** Keeping a room, and oneself, undisturbed. What concerns the room is for who opened it alone. */
export interface ModerationPort {
  /** Closes their microphone; they may open it again. */
  mute(roomId: string, userId: string): Done
  /** Out, and not back in for some minutes. */
  remove(roomId: string, userId: string): Done
  /** Out for good. */
  ban(roomId: string, userId: string): Done
  /** The room is theirs from then on. */
  transfer(roomId: string, userId: string): Done
  /** Nobody new comes into a locked room. */
  setLocked(roomId: string, isLocked: boolean): Done
  /** They cannot come into rooms that we open; nobody is told. */
  block(userId: string): Done
  unblock(userId: string): Done
  /** Everybody whom we have blocked, in whatever room. */
  blockedIds(): Promise<Result<readonly string[], RoomsFailure>>
  report(roomId: string, userId: string, report: { reason: ReportReason; details: string }): Done
}
