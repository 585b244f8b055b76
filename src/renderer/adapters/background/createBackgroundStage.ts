import modelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url'
import wasmLoaderUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url'
import wasmBinaryUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url'
import type {
  BackgroundChoice,
  BackgroundPort,
  BackgroundState,
  EffectRelief,
} from '../../core/ports/effects.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { FromBackgroundWorker, SegmenterAssets, ToBackgroundWorker } from './workerMessages.ts'

const assets: SegmenterAssets = {
  wasmLoader: wasmLoaderUrl,
  wasmBinary: wasmBinaryUrl,
  model: modelUrl,
}

/** The stage that a camera's pictures go through, and how it is governed. */
export interface BackgroundStage extends BackgroundPort {
  feed(source: MediaStreamTrack | null, onOutput: (track: MediaStreamTrack | null) => void): void
  dispose(): void
}

/** One run through the worker. Its number tells late news from current. */
interface Run {
  readonly number: number
  readonly track: MediaStreamTrackGenerator
}

/**
 * Pictures go through a worker, where MediaPipe tells person from room. Without a background the camera's own track is handed
 * on, and no worker is there. The worker is kept while a background is chosen, because loading the model takes a second.
 */
export function createBackgroundStage(deps: { readonly logger: Logger }): BackgroundStage {
  const listeners = new Set<(state: BackgroundState) => void>()
  let choice: BackgroundChoice = 'none'
  let relief: EffectRelief = 'none'
  /** The person's own picture was chosen, and cannot be read. */
  let lacksPicture = false
  let source: MediaStreamTrack | null = null
  let output: (track: MediaStreamTrack | null) => void = () => undefined
  let worker: Worker | null = null
  let current: Run | null = null
  let runs = 0
  let state: BackgroundState = 'off'

  function setState(next: BackgroundState): void {
    if (state === next) return
    state = next
    for (const listener of listeners) listener(state)
  }

  function handleMessage(message: FromBackgroundWorker): void {
    if (message.kind === 'picture') {
      lacksPicture = !message.isThere
      if (isShown()) setState(shownState())
      return
    }
    if (message.run !== current?.number) return
    if (message.kind === 'started') {
      output(current.track)
      setState(shownState())
      return
    }
    deps.logger.warn('no background', { error: message.message })
    fail()
  }

  function shownState(): BackgroundState {
    if (relief !== 'none') return relief === 'simple' ? 'simplified' : 'resting'
    return choice === 'picture' && lacksPicture ? 'withoutPicture' : 'on'
  }

  const isShown = (): boolean => state !== 'off' && state !== 'starting' && state !== 'unavailable'

  /** SECURITY: a picture that was to hide the room is not sent at all when it cannot. */
  function fail(): void {
    endRun()
    output(null)
    setState('unavailable')
  }

  function endRun(): void {
    if (current === null) return
    post({ kind: 'stop' })
    current.track.stop()
    current = null
  }

  function post(message: ToBackgroundWorker, transfer: readonly Transferable[] = []): void {
    worker?.postMessage(message, [...transfer])
  }

  function openWorker(): Worker {
    if (worker !== null) return worker
    const opened = new Worker(new URL('./backgroundWorker.ts', import.meta.url), { type: 'module' })
    opened.addEventListener('message', ({ data }: MessageEvent<FromBackgroundWorker>) => handleMessage(data))
    opened.addEventListener('error', (event) => {
      deps.logger.warn('the worker of the background broke', { error: event.message })
      closeWorker()
      if (current !== null) fail()
    })
    worker = opened
    return opened
  }

  function closeWorker(): void {
    worker?.terminate()
    worker = null
  }

  function start(camera: MediaStreamTrack): void {
    endRun()
    output(null)
    setState('starting')
    openWorker()
    const track = new MediaStreamTrackGenerator({ kind: 'video' })
    track.contentHint = camera.contentHint
    // One at a time: a picture that waits is old.
    const { readable } = new MediaStreamTrackProcessor({ track: camera, maxBufferSize: 1 })
    const { writable } = track
    runs += 1
    current = { number: runs, track }
    tellChoice()
    tellRelief()
    post({ kind: 'start', run: runs, readable, writable, assets }, [readable, writable])
  }

  function tellChoice(): void {
    if (choice !== 'none') post({ kind: 'choose', background: choice })
  }

  function tellRelief(): void {
    post({ kind: 'relieve', relief })
  }

  function handOn(): void {
    endRun()
    output(source)
    setState('off')
  }

  return {
    feed(next, onOutput) {
      source = next
      output = onOutput
      if (next === null || choice === 'none') handOn()
      else start(next)
    },
    choose(next) {
      const before = choice
      choice = next
      if (next === 'none') {
        handOn()
        closeWorker()
      } else if (before === 'none' || current === null) {
        if (source !== null) start(source)
      } else {
        tellChoice()
        if (isShown()) setState(shownState())
      }
    },
    relieve(next) {
      relief = next
      tellRelief()
      if (isShown()) setState(shownState())
    },
    watch(listener) {
      listeners.add(listener)
      listener(state)
      return () => listeners.delete(listener)
    },
    dispose() {
      endRun()
      closeWorker()
      listeners.clear()
    },
  }
}
