import type { RecordingFilesPort } from '../../../src/renderer/core/ports/recordingFiles.ts'
import type { RecordingPort } from '../../../src/renderer/core/ports/recording.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { type PlayedFilm, playFilm } from '../../support/playFilm.ts'

/** What was seen and heard of a recording. */
export interface PlayedRecording extends PlayedFilm {
  /** The loudest sample. */
  readonly loudness: number
}

const nowhere = (): Promise<
  ReturnType<typeof err<{ kind: 'not_allowed'; message: string; retryAfterMs: null }>>
> => Promise.resolve(err({ kind: 'not_allowed', message: '', retryAfterMs: null }))

/** A room where nothing is recorded. */
export const noRecordings: RecordingPort = {
  read: () => Promise.resolve(ok(null)),
  request: nowhere,
  answer: nowhere,
  withdraw: nowhere,
  stop: nowhere,
  mayRecord: () => Promise.resolve(ok(false)),
}

/** Files in memory. */
export function createRecordingFiles(): {
  readonly port: RecordingFilesPort
  readonly written: () => { readonly bytes: number; readonly writtenAtMs: number }
  readonly play: () => Promise<PlayedRecording>
} {
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let writtenAtMs = 0
  let count = 0
  return {
    port: {
      open() {
        pieces = []
        count += 1
        return Promise.resolve(ok({ id: String(count), name: `${count}.webm` }))
      },
      append(fileId, bytes) {
        if (fileId !== String(count)) return Promise.resolve(err('closed'))
        pieces.push(bytes)
        writtenAtMs = Date.now()
        return Promise.resolve(ok(undefined))
      },
      close: () => Promise.resolve(pieces.length > 0),
      show: () => Promise.resolve(false),
    },
    written: () => ({ bytes: pieces.reduce((sum, { byteLength }) => sum + byteLength, 0), writtenAtMs }),
    async play() {
      const film = new Blob(pieces, { type: 'video/webm' })
      return { ...(await playFilm(film)), loudness: await listen(film) }
    },
  }
}

async function listen(file: Blob): Promise<number> {
  const context = new AudioContext()
  const sound = await context.decodeAudioData(await file.arrayBuffer())
  await context.close()
  return sound.getChannelData(0).reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
}
