import type { RecordingFilesFailure } from '../../../shared/ipc/recordings.ts'
import type { Result } from '../../../shared/result.ts'

/** The file that a recording is written to, on this computer. */
export interface RecordingFile {
  readonly id: string
  readonly name: string
}

/** Files of recordings, one open at a time. Never rejects. */
export interface RecordingFilesPort {
  /** A new file, named after the room and the moment. */
  open(room: { readonly roomName: string }): Promise<Result<RecordingFile, RecordingFilesFailure>>
  append(fileId: string, bytes: Uint8Array<ArrayBuffer>): Promise<Result<undefined, RecordingFilesFailure>>
  /** Everything is on the disk then. False: nothing was ever written, and there is no file. */
  close(fileId: string): Promise<boolean>
  /** Shows one of ours in the system's file manager; false where that did not work. */
  show(name: string): Promise<boolean>
}
