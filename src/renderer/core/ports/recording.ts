import type { OpenRecording, Recording } from '../../../shared/domain/recording.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

export type RecordingAnswer = Promise<Result<Recording, RoomsFailure>>

/** Recordings of a room by consent, for those inside. The database decides; each answer is how it stands then. */
export interface RecordingPort {
  /** The one that is open, or asked for; null: none. */
  read(roomId: string): Promise<Result<OpenRecording | null, RoomsFailure>>
  /** Asks everybody inside; who asks has said yes. One that is open already is the answer. */
  request(roomId: string): RecordingAnswer
  /** Our yes or no. A no ends it, also while it runs. */
  answer(recordingId: string, isGiven: boolean): RecordingAnswer
  /** Takes our yes back: it ends at once. */
  withdraw(recordingId: string): RecordingAnswer
  /** Ends it, by who asked for it or the room's creator. */
  stop(recordingId: string): RecordingAnswer
  /** The only permission to record; for who asked alone. */
  mayRecord(recordingId: string): Promise<Result<boolean, RoomsFailure>>
}
