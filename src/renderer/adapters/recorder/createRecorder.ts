import type { Logger } from '../../core/ports/logger.ts'
import type {
  RecordedPerson,
  RecorderHandlers,
  RecorderPort,
  RecorderSession,
} from '../../core/ports/recorder.ts'
import { createPicture, type Picture, type PictureFormat } from './createPicture.ts'
import { createVoiceMix, type VoiceMix } from './createVoiceMix.ts'
import { type RecordedTracks, selectTracks } from './recordedTracks.ts'

/** A crash costs at most so much of the end. */
const PIECE_MS = 1_000
const AUDIO_BPS = 96_000
/** VP8 costs about half of what VP9 does, on computers without either in hardware: the call comes first. */
const MIME_TYPE = 'video/webm;codecs=vp8,opus'

interface Format extends PictureFormat {
  readonly videoBps: number
}

const ordinary: Format = { width: 1_280, height: 720, framerate: 20, videoBps: 1_500_000 }
const weak: Format = { width: 960, height: 540, framerate: 15, videoBps: 900_000 }

/** Chromium's, which TypeScript's library does not know yet. */
interface Options extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number
}

interface Dependencies {
  readonly tracks: RecordedTracks
  /** Stand in the place of a camera that is off. */
  readonly initialsOf: (displayName: string) => string
  readonly logger: Logger
}

/** Records by the browser's own `MediaRecorder` what `createPicture` draws and `createVoiceMix` mixes. */
export function createRecorder(
  deps: Dependencies & {
    /** Takes a smaller picture. */
    readonly isWeak: boolean
  },
): RecorderPort {
  const format = deps.isWeak ? weak : ordinary
  return {
    size: { width: format.width / 2, height: format.height / 2 },
    start(people, handlers) {
      try {
        return startSession({ ...deps, format }, people, handlers)
      } catch (error) {
        deps.logger.warn('no recorder', { error: String(error) })
        queueMicrotask(() => handlers.handleFailed('unsupported'))
        return { setPeople: () => undefined, setPaused: () => undefined, stop: () => Promise.resolve() }
      }
    },
  }
}

function startSession(
  deps: Dependencies & { readonly format: Format },
  firstPeople: readonly RecordedPerson[],
  handlers: RecorderHandlers,
): RecorderSession {
  const { tracks, logger } = deps
  let people = firstPeople
  let handedOut: Promise<void> = Promise.resolve()
  const { picture, voices, recorder } = open(deps, fail)
  const stopped = new Promise<void>((resolve) => {
    recorder.addEventListener('stop', () => resolve(), { once: true })
  })

  function fail(message: string): void {
    logger.warn('the recorder broke', { error: message })
    handlers.handleFailed('broken')
  }

  function follow(): void {
    picture.set(people, selectTracks(tracks, people, 'pictures'))
    voices.set(selectTracks(tracks, people, 'voices'))
  }

  async function handOut(before: Promise<void>, piece: Blob): Promise<void> {
    await before
    if (piece.size > 0) handlers.handlePiece(new Uint8Array(await piece.arrayBuffer()))
  }

  recorder.addEventListener('dataavailable', ({ data }) => {
    handedOut = handOut(handedOut, data)
  })
  recorder.addEventListener('error', (event) => fail(event.type))
  const unsubscribe = [
    tracks.subscribe(follow),
    tracks.subscribeToRemote(follow),
    tracks.subscribeToShown(follow),
  ]
  try {
    follow()
    picture.setPaused(false)
    recorder.start(PIECE_MS)
  } catch (error) {
    free()
    throw error
  }

  function free(): void {
    for (const end of unsubscribe) end()
    picture.dispose()
    voices.dispose()
  }

  return {
    setPeople(next) {
      people = next
      follow()
    },
    setPaused(isPaused) {
      picture.setPaused(isPaused)
      if (isPaused && recorder.state === 'recording') recorder.pause()
      if (!isPaused && recorder.state === 'paused') recorder.resume()
    },
    async stop() {
      for (const end of unsubscribe) end()
      if (recorder.state !== 'inactive') {
        recorder.stop()
        await stopped
      }
      await handedOut
      free()
    },
  }
}

/** The picture, the voices and what writes them. Where one of them cannot be made, none stays open. */
function open(
  deps: Dependencies & { readonly format: Format },
  onFailed: (message: string) => void,
): { readonly picture: Picture; readonly voices: VoiceMix; readonly recorder: MediaRecorder } {
  const { format } = deps
  const options: Options = {
    mimeType: MIME_TYPE,
    videoBitsPerSecond: format.videoBps,
    audioBitsPerSecond: AUDIO_BPS,
    videoKeyFrameIntervalDuration: 4_000,
  }
  const picture = createPicture({ ...deps, onFailed })
  let voices: VoiceMix | null = null
  try {
    voices = createVoiceMix()
    const recorder = new MediaRecorder(new MediaStream([picture.track, voices.track]), options)
    return { picture, voices, recorder }
  } catch (error) {
    picture.dispose()
    voices?.dispose()
    throw error
  }
}
