import { drawPicture } from './drawPicture.ts'
import type { DrawnTile, FromComposer, ToComposer } from './recorderMessages.ts'

/*
 * Draws the recording's picture. In a worker, because a worker's timer keeps its time behind a hidden window, where nothing else draws.
 */

/** A picture that has not changed is drawn again after this, so that the file's time goes on. */
const STILL_INTERVAL_MS = 500

/** Pictures of somebody as they come. */
interface Feed {
  readonly reader: ReadableStreamDefaultReader<VideoFrame>
  latest: VideoFrame | null
}

const feeds = new Map<string, Feed>()
let tiles: readonly DrawnTile[] = []
let isPaused = true
let hasChanged = true
let drawnAtMs = 0

function tell(message: FromComposer): void {
  globalThis.postMessage(message)
}

async function take(key: string, readable: ReadableStream<VideoFrame>): Promise<void> {
  drop(key)
  const feed: Feed = { reader: readable.getReader(), latest: null }
  feeds.set(key, feed)
  try {
    for (;;) {
      const { done, value } = await feed.reader.read()
      if (done) break
      if (feeds.get(key) !== feed || isPaused) {
        value.close()
        if (feeds.get(key) !== feed) break
        continue
      }
      feed.latest?.close()
      feed.latest = value
      hasChanged = true
    }
  } catch {
    // The track has ended; its last picture goes with the next list of who is shown.
  }
}

/** A picture that is not closed is kept until some later time, and holds up those that come after it. */
async function hand(writer: WritableStreamDefaultWriter<VideoFrame>, frame: VideoFrame): Promise<void> {
  try {
    await writer.write(frame)
  } catch (error) {
    tell({ kind: 'failed', message: String(error) })
  }
  frame.close()
}

function drop(key: string): void {
  const feed = feeds.get(key)
  if (feed === undefined) return
  feeds.delete(key)
  feed.latest?.close()
  feed.latest = null
  void feed.reader.cancel().catch(() => undefined)
}

function show(next: readonly DrawnTile[]): void {
  tiles = next
  hasChanged = true
  const keys = new Set(next.map(({ key }) => key))
  // SECURITY: of whoever is not in the recording any more nothing is held.
  for (const key of feeds.keys()) if (!keys.has(key)) drop(key)
}

function start({ width, height, framerate, writable }: Extract<ToComposer, { kind: 'start' }>): void {
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false })
  if (context === null) return tell({ kind: 'failed', message: 'no canvas' })
  const writer = writable.getWriter()
  setInterval(() => {
    const nowMs = performance.now()
    if (isPaused || (!hasChanged && nowMs - drawnAtMs < STILL_INTERVAL_MS)) return
    // Whoever takes the pictures is behind: this one falls.
    if ((writer.desiredSize ?? 0) <= 0) return
    hasChanged = false
    drawnAtMs = nowMs
    drawPicture(context, tiles, (key) => feeds.get(key)?.latest ?? null)
    const frame = new VideoFrame(context.canvas, { timestamp: Math.round(nowMs * 1_000) })
    void hand(writer, frame)
  }, 1_000 / framerate)
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ToComposer>) => {
  switch (data.kind) {
    case 'start':
      return start(data)
    case 'show':
      return show(data.tiles)
    case 'feed':
      return void take(data.key, data.readable)
    case 'stop':
      isPaused = true
      show([])
      return globalThis.close()
    case 'pause':
      isPaused = data.isPaused
      hasChanged = true
      // SECURITY: what was seen before is not shown again after a pause in which somebody may have gone.
      for (const feed of feeds.values()) {
        if (!isPaused) break
        feed.latest?.close()
        feed.latest = null
      }
  }
})
