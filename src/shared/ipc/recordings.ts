import { z } from 'zod'
import { RECORDING_PIECE_MAX_BYTES, ROOM_NAME_MAX_LENGTH } from '../limits.ts'

/**
 * Why a recording cannot be written (on). `tooLarge`: it has grown as large as one may; `closed`: the file is not open, as after the
 * page was loaded anew.
 */
const failureSchema = z.enum(['diskFull', 'notWritable', 'tooLarge', 'closed'])
export type RecordingFilesFailure = z.infer<typeof failureSchema>

/** A name that this app gives (`main/recordings/nameRecording`): never a path. */
export const recordingNameSchema = z
  .string()
  .max(200)
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}-\d{2}(?: [^/\\\p{Cc}]+)?\.webm$/u)

export const openRecordingFileSchema = z.strictObject({
  roomName: z.string().max(ROOM_NAME_MAX_LENGTH),
})
export const openedRecordingFileSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), fileId: z.uuid(), name: z.string() }),
  z.strictObject({ kind: z.literal('failed'), failure: failureSchema }),
])

export const recordingPieceSchema = z.strictObject({
  fileId: z.uuid(),
  bytes: z
    .instanceof(Uint8Array)
    .refine(({ byteLength }) => byteLength > 0 && byteLength <= RECORDING_PIECE_MAX_BYTES),
})
/** Null: it is written. */
export const pieceOutcomeSchema = failureSchema.nullable()
