import type { AdmissionState } from '../../../shared/api/admission.ts'
import type { Admission } from '../../../shared/domain/admission.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** The waiting room of private rooms. */
export interface AdmissionPort {
  /** How our own asking stands, which also says that we still wait. */
  await(roomId: string): Promise<Result<AdmissionState, RoomsFailure>>
  /** We wait no more. */
  cancel(roomId: string): Promise<Result<void, RoomsFailure>>
  /** Who waits at the door of the room that we are in. */
  list(roomId: string): Promise<Result<readonly Admission[], RoomsFailure>>
  /** Lets somebody in, or tells them "not now". */
  decide(roomId: string, userId: string, isAdmitted: boolean): Promise<Result<void, RoomsFailure>>
}
