import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { openedRecordingFileSchema, RecordingFilesFailure } from '../../shared/ipc/recordings.ts'
import { RECORDING_MAX_BYTES } from '../../shared/limits.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { Finisher } from './createFinisher.ts'
import { nameRecording } from './nameRecording.ts'

/** So much is at most lost when the whole computer stops; what the app has written survives the app at any time. */
const SYNC_EVERY_BYTES = 2 * 1024 * 1024
/** For the last pieces of a recording that ends with its call. */
const CLOSE_AFTER_CALL_MS = 10_000
/** Recordings that begin in the same minute, before it is given up. */
const NAMES_MAX_COUNT = 100

/** The files of recordings: written as they go, one open at a time, never over another. */
export interface Recordings {
  /** Refused outside a call. */
  readonly open: (room: { readonly roomName: string }) => Promise<z.infer<typeof openedRecordingFileSchema>>
  /** Null: it is written. */
  readonly append: (piece: {
    readonly fileId: string
    readonly bytes: Uint8Array
  }) => Promise<RecordingFilesFailure | null>
  /** False: nothing was written, and the file is gone. */
  readonly close: (fileId: string) => Promise<boolean>
  /** Whether this is the one that is open. */
  readonly isOpen: (name: string) => boolean
  /** After a call no file is open. */
  readonly handleCall: (isInCall: boolean) => void
  readonly dispose: () => Promise<void>
}

interface OpenFile {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly handle: FileHandle
  bytes: number
  unsyncedBytes: number
}

/** What of Node's file system is used to make a file; a test puts a full disk in its place. */
type OpenNew = (path: string) => Promise<FileHandle>

const openNew: OpenNew = (path) => open(path, 'wx', 0o600)

export function createRecordings(deps: {
  readonly folder: () => string
  readonly now: () => Date
  /** Has a film made whole once it is closed. */
  readonly finisher: Pick<Finisher, 'handleBegun' | 'finish' | 'drop'>
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly log: MainLog
  readonly openNew?: OpenNew
}): Recordings {
  const { log } = deps
  let current: OpenFile | null = null
  let isInCall = false
  let cancelClosing: () => void = () => undefined
  /** One thing after the other, in the order in which it was asked for. */
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = turn.then(action)
    turn = done.catch(() => undefined)
    return done
  }

  function fail(error: unknown, what: string): RecordingFilesFailure {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    log.error(`recording: ${what}: ${code}`)
    return code === 'ENOSPC' || code === 'EDQUOT' ? 'diskFull' : code === 'EFBIG' ? 'tooLarge' : 'notWritable'
  }

  async function create(folder: string, roomName: string): Promise<{ name: string; handle: FileHandle }> {
    for (let count = 0; ; count += 1) {
      const name = nameRecording(roomName, deps.now(), count)
      try {
        return { name, handle: await (deps.openNew ?? openNew)(join(folder, name)) }
      } catch (error) {
        const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        if (!isTaken || count >= NAMES_MAX_COUNT) throw error
      }
    }
  }

  async function closeCurrent(): Promise<boolean> {
    const file = current
    current = null
    if (file === null) return false
    try {
      await file.handle.sync()
    } catch (error) {
      fail(error, 'the last of it could not be brought to the disk')
    }
    await file.handle.close().catch((error: unknown) => void fail(error, 'it could not be closed'))
    if (file.bytes === 0) {
      await deps.finisher.drop(file.name)
      await rm(file.path, { force: true })
    } else deps.finisher.finish(file.name)
    log.info(`recording: ended with ${file.bytes} bytes`)
    return file.bytes > 0
  }

  return {
    open: ({ roomName }) =>
      inTurn(async () => {
        await closeCurrent()
        // SECURITY: a page that is in no call has nothing to record.
        if (!isInCall) return { kind: 'failed', failure: 'closed' }
        try {
          const folder = deps.folder()
          await mkdir(folder, { recursive: true, mode: 0o700 })
          const { name, handle } = await create(folder, roomName)
          const id = randomUUID()
          current = { id, name, path: join(folder, name), handle, bytes: 0, unsyncedBytes: 0 }
          deps.finisher.handleBegun(name)
          log.info('recording: began')
          return { kind: 'opened', fileId: id, name }
        } catch (error) {
          return { kind: 'failed', failure: fail(error, 'no file could be made') }
        }
      }),
    append: ({ fileId, bytes }) =>
      inTurn(async () => {
        const file = current
        if (file === null || file.id !== fileId) return 'closed'
        if (file.bytes + bytes.byteLength > RECORDING_MAX_BYTES) return 'tooLarge'
        try {
          await file.handle.appendFile(bytes)
          file.bytes += bytes.byteLength
          file.unsyncedBytes += bytes.byteLength
          if (file.unsyncedBytes >= SYNC_EVERY_BYTES) {
            file.unsyncedBytes = 0
            await file.handle.datasync()
          }
          return null
        } catch (error) {
          return fail(error, 'it could not be written on')
        }
      }),
    close: (fileId) => inTurn(async () => (current?.id === fileId ? closeCurrent() : false)),
    isOpen: (name) => current?.name === name,
    handleCall(next) {
      isInCall = next
      cancelClosing()
      // The page closes the file itself once the last piece is written; one that was loaded anew does not.
      if (!next) cancelClosing = deps.setTimer(() => void inTurn(closeCurrent), CLOSE_AFTER_CALL_MS)
    },
    async dispose() {
      cancelClosing()
      await inTurn(closeCurrent)
    },
  }
}
