import type { EffectRelief } from '../../core/ports/effects.ts'
import { type Backdrop, createComposer } from './createComposer.ts'
import { createSegmenter, type Segmenter } from './createSegmenter.ts'
import { readPicture } from './pictureStorage.ts'
import type {
  Background,
  FromBackgroundWorker,
  SegmenterAssets,
  ToBackgroundWorker,
} from './workerMessages.ts'

/*
 * Pictures come in as a stream and go out as one. What is slow here lets pictures fall, and never holds the window up.
 */

/** Enough to be there, and next to nothing to do; in microseconds, as pictures carry their time. */
const RESTING_INTERVAL_US = 500_000

const composer = createComposer()
let segmenter: Promise<Segmenter> | null = null
let backdrop: Backdrop = 'blur'
/** Counts choices: a picture that was read for an earlier one is too late. */
let choices = 0
let chosen: Promise<void> = Promise.resolve()
let relief: EffectRelief = 'none'
let running: AbortController | null = null

function tell(message: FromBackgroundWorker): void {
  globalThis.postMessage(message)
}

/** Loaded once for all runs; one that failed is tried again by the next run. */
function loadSegmenter(assets: SegmenterAssets): Promise<Segmenter> {
  segmenter ??= createSegmenter(assets, () => performance.now()).catch((error: unknown) => {
    segmenter = null
    throw error
  })
  return segmenter
}

function putBehind(next: Backdrop): void {
  if (backdrop instanceof ImageBitmap) backdrop.close()
  backdrop = next
}

/** SECURITY: until a picture is there, and where there is none, the room is blurred; it is never seen. */
async function choose(background: Background): Promise<void> {
  const mine = ++choices
  putBehind(background === 'picture' ? 'blur' : background)
  if (background !== 'picture') return
  const picture = await decode()
  if (mine !== choices) return picture?.close()
  if (picture !== null) putBehind(picture)
  tell({ kind: 'picture', isThere: picture !== null })
}

async function decode(): Promise<ImageBitmap | null> {
  try {
    const kept = await readPicture()
    return kept === null ? null : await createImageBitmap(kept)
  } catch {
    return null
  }
}

async function run(message: Extract<ToBackgroundWorker, { kind: 'start' }>): Promise<void> {
  const { run: number, readable, writable, assets } = message
  const controller = new AbortController()
  running = controller
  let isStarted = false
  let sentAtUs = Number.NEGATIVE_INFINITY
  try {
    const [ready] = await Promise.all([loadSegmenter(assets), chosen])
    const compose = new TransformStream<VideoFrame, VideoFrame>({
      transform(frame, output) {
        const { timestamp, duration } = frame
        if (relief === 'least' && timestamp - sentAtUs < RESTING_INTERVAL_US) return frame.close()
        sentAtUs = timestamp
        const canvas = composer.compose(frame, backdrop, relief === 'none' ? ready : null)
        frame.close()
        output.enqueue(new VideoFrame(canvas, { timestamp, ...(duration === null ? {} : { duration }) }))
        if (!isStarted) tell({ kind: 'started', run: number })
        isStarted = true
      },
    })
    await readable
      .pipeThrough(compose, { signal: controller.signal })
      .pipeTo(writable, { signal: controller.signal })
  } catch (error) {
    if (!controller.signal.aborted) tell({ kind: 'failed', run: number, message: String(error) })
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ToBackgroundWorker>) => {
  switch (data.kind) {
    case 'start':
      running?.abort()
      void run(data)
      return
    case 'stop':
      running?.abort()
      running = null
      return
    case 'choose':
      chosen = choose(data.background)
      return
    case 'relieve':
      ;({ relief } = data)
  }
})
