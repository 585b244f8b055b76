import { z } from 'zod'
import { FILMS_MAX_COUNT, RECORDING_PIECE_MAX_BYTES, ROOM_NAME_MAX_LENGTH } from '../limits.ts'

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

/** A recording that is there. */
const filmSchema = z.strictObject({
  name: recordingNameSchema,
  /** By this computer's clock, to the minute. */
  begunAtMs: z.number(),
  /** Null: it is not known, as while it is written or where a crash has cut it off. */
  durationMs: z.number().nonnegative().nullable(),
  bytes: z.number().nonnegative(),
  isBeingRecorded: z.boolean(),
})
export type Film = Readonly<z.infer<typeof filmSchema>>
/** The latest first. */
export const filmsSchema = z.array(filmSchema).max(FILMS_MAX_COUNT)

/** `deleted` also where it was gone before; `failed`: as where another program holds it open. */
export const deletionOutcomeSchema = z.enum(['deleted', 'beingRecorded', 'failed'])
export type DeletionOutcome = z.infer<typeof deletionOutcomeSchema>
