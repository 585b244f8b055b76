import { ConnectionError, ConnectionErrorReason, DisconnectReason } from 'livekit-client'
import type { SfuEnd } from '../../core/ports/sfu.ts'

/** Why LiveKit has ended a session. */
export function toSfuEnd(reason: DisconnectReason | undefined): SfuEnd {
  switch (reason) {
    case DisconnectReason.PARTICIPANT_REMOVED:
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
    case DisconnectReason.DUPLICATE_IDENTITY:
    case DisconnectReason.USER_REJECTED:
      return 'putOut'
    default:
      return 'unreachable'
  }
}

/** Why LiveKit did not let us in. */
export function toConnectEnd(error: unknown): SfuEnd {
  const isRefused =
    error instanceof ConnectionError &&
    (error.reason === ConnectionErrorReason.NotAllowed ||
      error.reason === ConnectionErrorReason.ServiceNotFound)
  return isRefused ? 'refused' : 'unreachable'
}
