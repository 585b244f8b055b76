import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** What others see of oneself besides the name. */
export interface ProfilePort {
  /** The name of one's own picture; null: initials. */
  readAvatar(userId: string): Promise<Result<string | null, RoomsFailure>>
  setAvatar(avatar: string | null): Promise<Result<void, RoomsFailure>>
}
