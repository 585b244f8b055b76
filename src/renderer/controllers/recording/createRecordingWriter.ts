import type { Clock } from '../../core/ports/clock.ts'
import type { RecordedPerson, RecorderPort, RecorderSession } from '../../core/ports/recorder.ts'
import type { RecordingFile, RecordingFilesPort } from '../../core/ports/recordingFiles.ts'
import type { RecordingFileFailure, RecordingFileState } from '../contracts.ts'

/** Pieces that wait for the disk: a minute of them, after which it will not catch up. */
const WAITING_MAX_BYTES = 16 * 1024 * 1024
/** How soon the database is asked again whether we may. */
const ASK_AGAIN_MS = 1_000

/** What is to be recorded at the moment. */
export interface WantedRecording {
  readonly recordingId: string
  readonly roomName: string
  readonly people: readonly RecordedPerson[]
  /** Somebody has not answered, or we could not hear a no. */
  readonly isPaused: boolean
}

/** Writes the recording that is wanted, if any. */
export interface RecordingWriter {
  /** From now on this, or nothing. What runs ends at once: nothing of anybody goes into it after this call. */
  follow(wanted: WantedRecording | null): void
  dispose(): void
}

export interface WriterDependencies {
  readonly recorder: RecorderPort
  readonly files: RecordingFilesPort
  readonly mayRecord: (recordingId: string) => Promise<boolean>
  readonly onChanged: (file: RecordingFileState) => void
  /** It cannot be written on: it is to end for everybody. */
  readonly onFailed: (recordingId: string) => void
  readonly clock: Clock
}

/** A file with its recorder. */
interface Run {
  readonly recordingId: string
  readonly file: RecordingFile
  readonly session: RecorderSession
  waitingBytes: number
  writing: Promise<void>
  failure: RecordingFileFailure | null
}

/** One recording at a time; each has one file, which is closed before the next is opened. */
export function createRecordingWriter(deps: WriterDependencies): RecordingWriter {
  const { recorder, files, clock } = deps
  let wanted: WantedRecording | null = null
  let run: Run | null = null
  /** Opening or closing a file. */
  let isBusy = false
  /** Has failed, or has been written: it is not begun again. */
  let doneId: string | null = null
  let cancelRetry: () => void = () => undefined

  function tell(): void {
    if (run !== null && wanted !== null) {
      deps.onChanged({ kind: 'writing', name: run.file.name, isPaused: wanted.isPaused })
    }
  }

  function follow(next: WantedRecording | null): void {
    wanted = next
    if (run !== null && run.recordingId === next?.recordingId) {
      run.session.setPeople(next.people)
      run.session.setPaused(next.isPaused)
      return tell()
    }
    if (run !== null) return void end(run)
    if (next !== null && !next.isPaused && next.recordingId !== doneId) void begin(next)
  }

  async function begin(next: WantedRecording): Promise<void> {
    if (isBusy) return
    isBusy = true
    cancelRetry()
    // SECURITY: the database is asked, whatever was heard of it.
    const mayRecord = await deps.mayRecord(next.recordingId)
    const isStillWanted = wanted?.recordingId === next.recordingId
    const opened = mayRecord && isStillWanted ? await files.open(next) : null
    isBusy = false
    if (opened === null) {
      if (isStillWanted) cancelRetry = clock.schedule(ASK_AGAIN_MS, () => follow(wanted))
      else follow(wanted)
      return
    }
    if (!opened.ok) {
      doneId = next.recordingId
      deps.onChanged({ kind: 'failed', reason: opened.error, name: null })
      deps.onFailed(next.recordingId)
      return
    }
    // It may have ended, or somebody come in, while the file was being opened.
    const now = wanted
    if (now === null || now.recordingId !== next.recordingId) {
      await files.close(opened.value.id)
      return follow(wanted)
    }
    start(now, opened.value)
  }

  function start(now: WantedRecording, file: RecordingFile): void {
    const session = recorder.start(now.isPaused ? [] : now.people, {
      handlePiece: (bytes) => write(bytes),
      handleFailed: () => fail('recorder'),
    })
    const started: Run = {
      recordingId: now.recordingId,
      file,
      session,
      waitingBytes: 0,
      writing: Promise.resolve(),
      failure: null,
    }
    run = started
    function fail(reason: RecordingFileFailure): void {
      if (started.failure !== null) return
      started.failure = reason
      deps.onFailed(started.recordingId)
      if (run === started) void end(started)
    }
    function write(bytes: Uint8Array<ArrayBuffer>): void {
      if (started.failure !== null) return
      started.waitingBytes += bytes.byteLength
      if (started.waitingBytes > WAITING_MAX_BYTES) return fail('tooSlow')
      started.writing = append(started.writing, bytes)
    }
    async function append(before: Promise<void>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
      await before
      if (started.failure !== null) return
      const written = await files.append(file.id, bytes)
      started.waitingBytes -= bytes.byteLength
      if (!written.ok) fail(written.error)
    }
    session.setPaused(now.isPaused)
    session.setPeople(now.people)
    tell()
  }

  async function end(ended: Run): Promise<void> {
    run = null
    isBusy = true
    doneId = ended.recordingId
    ended.session.setPaused(true)
    await ended.session.stop()
    await ended.writing
    const isKept = await files.close(ended.file.id)
    isBusy = false
    const name = isKept ? ended.file.name : null
    if (ended.failure !== null) deps.onChanged({ kind: 'failed', reason: ended.failure, name })
    else deps.onChanged(name === null ? { kind: 'none' } : { kind: 'saved', name })
    follow(wanted)
  }

  return {
    follow,
    dispose() {
      cancelRetry()
      follow(null)
    },
  }
}
