import { z } from 'zod'
import { openRecordingSchema, recordingSchema } from '../../../shared/domain/recording.ts'
import type { RecordingAnswer, RecordingPort } from '../../core/ports/recording.ts'
import { callFunction } from './callFunction.ts'
import type { RequestOptions } from './sendRequest.ts'

/** No body at all is a recording that is not there. */
const openSchema = openRecordingSchema.nullish().transform((recording) => recording ?? null)

/** Recordings by the functions of the schema. */
export function createRecordingPort(options: RequestOptions): RecordingPort {
  const call = (name: string, body: Readonly<Record<string, unknown>>): RecordingAnswer =>
    callFunction(options, name, body, recordingSchema)
  return {
    read: (roomId) => callFunction(options, 'get_recording', { p_room_id: roomId }, openSchema),
    request: (roomId) => call('request_recording', { p_room_id: roomId }),
    answer: (recordingId, isGiven) =>
      call('answer_recording', { p_recording_id: recordingId, p_is_given: isGiven }),
    withdraw: (recordingId) => call('withdraw_consent', { p_recording_id: recordingId }),
    stop: (recordingId) => call('stop_recording', { p_recording_id: recordingId }),
    mayRecord: (recordingId) =>
      callFunction(options, 'may_record', { p_recording_id: recordingId }, z.boolean()),
  }
}
