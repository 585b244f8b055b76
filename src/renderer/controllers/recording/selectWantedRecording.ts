import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { selectConsenting, selectMayRecord } from '../../core/recording/recordingState.ts'
import type { RecordingSnapshot } from '../contracts.ts'
import type { WantedRecording } from './createRecordingWriter.ts'

/**
 * What this app is to record at the moment: nothing unless the person has asked for it, everybody has agreed and it runs. Paused while somebody
 * has not answered, and while a no of somebody could not be heard.
 */
export function selectWantedRecording(input: {
  readonly snapshot: RecordingSnapshot
  readonly call: CallSnapshot
  readonly isCameraOn: boolean
  readonly isSharing: boolean
  /** The one that we have ended ourselves. */
  readonly stoppedId: string | null
  /** The database says that we may not, and we do not know of it. */
  readonly isDoubted: boolean
}): WantedRecording | null {
  const { call, snapshot } = input
  const { state, isWithdrawing } = snapshot
  if (call.kind !== 'live' || state.kind !== 'recording' || isWithdrawing) return null
  const { self, others } = call
  if (state.requesterId !== self.userId || state.id === input.stoppedId) return null
  const consenting = selectConsenting(state)
  const present = others.map(({ userId }) => userId)
  const mayRecord = selectMayRecord(state, self.userId, present)
  return {
    recordingId: state.id,
    roomName: call.room.name,
    isPaused: !mayRecord || input.isDoubted || call.signaling !== 'joined',
    people: [
      ...others
        .filter(({ userId }) => consenting.has(userId))
        .map(({ connectionId, displayName, mediaState }) => ({
          connectionId,
          displayName,
          hasCamera: !mediaState.isVideoOff,
          hasScreen: mediaState.isScreensharing,
        })),
      {
        connectionId: null,
        displayName: self.displayName,
        hasCamera: input.isCameraOn,
        hasScreen: input.isSharing,
      },
    ],
  }
}
