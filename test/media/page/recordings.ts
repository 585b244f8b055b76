import type { RecordingFilesPort } from '../../../src/renderer/core/ports/recordingFiles.ts'
import type { RecordingPort } from '../../../src/renderer/core/ports/recording.ts'
import { err, ok } from '../../../src/shared/result.ts'

/** What was seen and heard of a recording. */
export interface PlayedRecording {
  readonly width: number
  readonly height: number
  readonly playedMs: number
  /** Share of the last picture that has a colour: names, initials and what is between people have none. */
  readonly colouredRatio: number
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
    play: () => playFile(new Blob(pieces, { type: 'video/webm' })),
  }
}

/** Plays it in an element to its end, as any player would: without a length in it, to the last picture. */
export async function playFile(file: Blob): Promise<PlayedRecording> {
  const element = document.createElement('video')
  element.src = URL.createObjectURL(file)
  element.muted = true
  document.body.append(element)
  const ended = new Promise<void>((resolve, reject) => {
    element.addEventListener('ended', () => resolve())
    element.addEventListener('error', () => reject(new Error(element.error?.message ?? 'not playable')))
  })
  await element.play()
  element.playbackRate = 4
  await ended
  const colouredRatio = look(element)
  const played = {
    width: element.videoWidth,
    height: element.videoHeight,
    playedMs: element.currentTime * 1_000,
  }
  element.remove()
  return { ...played, colouredRatio, loudness: await listen(file) }
}

function look(element: HTMLVideoElement): number {
  const canvas = new OffscreenCanvas(64, 36)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(element, 0, 0, 64, 36)
  const { data } = context.getImageData(0, 0, 64, 36)
  const coloured = Array.from({ length: 64 * 36 }, (_, index) => {
    const channels = data.subarray(4 * index, 4 * index + 3)
    return Math.max(...channels) - Math.min(...channels) > 40
  })
  return coloured.filter(Boolean).length / coloured.length
}

async function listen(file: Blob): Promise<number> {
  const context = new AudioContext()
  const sound = await context.decodeAudioData(await file.arrayBuffer())
  await context.close()
  return sound.getChannelData(0).reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
}
