import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** Raised hands, kept by the database so that everybody sees one order, and who comes later sees them too. */
export interface GesturesPort {
  /** A hand that is up keeps its place. */
  setHand(roomId: string, isRaised: boolean): Promise<Result<void, RoomsFailure>>
  /** Somebody else's; for who opened the room alone. */
  lowerHand(roomId: string, userId: string): Promise<Result<void, RoomsFailure>>
}
