import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { z } from 'zod'

const countsSchema = z.array(z.number())

/** As many that none of them can have been under way before the call. */
const NEW_FRAMES = 5

/** Waits until the tile's video has shown new frames. A failed connection still draws one of 2×2: it does not count. */
export async function expectPicture(tile: Locator): Promise<void> {
  const video = tile.locator('video')
  await expect(video).toBeVisible()
  const widthPx = await video.evaluate(
    (element: HTMLVideoElement, newFrames) =>
      new Promise<number>((resolve) => {
        let shown = 0
        const look = (_now: number, frame: VideoFrameCallbackMetadata): void => {
          if (frame.width > 2) shown += 1
          if (shown === newFrames) resolve(frame.width)
          else element.requestVideoFrameCallback(look)
        }
        element.requestVideoFrameCallback(look)
      }),
    NEW_FRAMES,
  )
  expect(widthPx).toBeGreaterThan(2)
}

/** A counter of W3C webrtc-stats, summed over the streams of a connection. */
interface Counter {
  readonly type: 'inbound-rtp' | 'outbound-rtp'
  readonly kind: 'audio' | 'video'
  readonly name: 'packetsReceived' | 'bytesSent'
}

/**
 * The counter so far on each peer connection of the page that is still open. The connections are found by the debugger, so that
 * the app needs no door for tests.
 */
async function countByConnection(page: Page, counter: Counter): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const prototype = await session.send('Runtime.evaluate', { expression: 'RTCPeerConnection.prototype' })
    const prototypeObjectId = prototype.result.objectId
    if (prototypeObjectId === undefined) throw new Error('The page has no RTCPeerConnection')
    const found = await session.send('Runtime.queryObjects', { prototypeObjectId })
    const objectId = found.objects.objectId
    if (objectId === undefined) return []
    const counted = await session.send('Runtime.callFunctionOn', {
      objectId,
      awaitPromise: true,
      returnByValue: true,
      arguments: [{ value: counter }],
      functionDeclaration: `async function ({ type, kind, name }) {
        const open = [...this].filter((connection) => connection.connectionState === 'connected')
        return Promise.all(open.map(async (connection) => {
          let sum = 0
          for (const report of (await connection.getStats()).values()) {
            if (report.type === type && report.kind === kind) sum += report[name]
          }
          return sum
        }))
      }`,
    })
    return countsSchema.parse(counted.result.value)
  } finally {
    await session.detach()
  }
}

function audioPacketsByConnection(page: Page): Promise<readonly number[]> {
  return countByConnection(page, { type: 'inbound-rtp', kind: 'audio', name: 'packetsReceived' })
}

/** Waits until the page sends no picture to anybody: a second goes by without a byte of one. */
export async function expectNoPictureSent(page: Page): Promise<void> {
  let before = Number.NaN
  await expect
    .poll(
      async () => {
        const counts = await countByConnection(page, {
          type: 'outbound-rtp',
          kind: 'video',
          name: 'bytesSent',
        })
        const bytes = counts.reduce((sum, count) => sum + count, 0)
        const more = bytes - before
        before = bytes
        return more
      },
      { message: 'no picture sent', intervals: [1_000] },
    )
    .toBe(0)
}

/** Waits until sound from `count` people arrives, and goes on arriving. */
export async function expectSoundFrom(page: Page, count: number): Promise<void> {
  const first = await audioPacketsByConnection(page)
  await expect
    .poll(
      async () => {
        const now = await audioPacketsByConnection(page)
        return now.filter((packets, index) => packets > (first[index] ?? 0)).length
      },
      { message: `sound from ${count} people` },
    )
    .toBe(count)
}

/** A picture that is watched from now on. */
export interface WatchedPicture {
  /** New frames have come ever since, of the very same track, and none was missed for long. */
  expectUninterrupted(): Promise<void>
}

/** Longer than a busy machine ever takes for a frame; a connection that is made anew takes as long at the very least. */
const LONGEST_GAP_MS = 2_000

/** Watches every frame of the tile's video. */
export async function watchPicture(tile: Locator): Promise<WatchedPicture> {
  const watch = await tile.locator('video').evaluateHandle((element: HTMLVideoElement) => {
    const trackOf = (): MediaStreamTrack | undefined =>
      element.srcObject instanceof MediaStream ? element.srcObject.getVideoTracks()[0] : undefined
    const watched = {
      element,
      trackOf,
      track: trackOf(),
      frames: 0,
      longestGapMs: 0,
      lastMs: performance.now(),
    }
    const look = (nowMs: number): void => {
      watched.frames += 1
      watched.longestGapMs = Math.max(watched.longestGapMs, nowMs - watched.lastMs)
      watched.lastMs = nowMs
      element.requestVideoFrameCallback(look)
    }
    element.requestVideoFrameCallback(look)
    return watched
  })
  return {
    async expectUninterrupted() {
      await expectPicture(tile)
      const seen = await watch.evaluate((watched) => ({
        isSameTrack: watched.track !== undefined && watched.trackOf() === watched.track,
        frames: watched.frames,
        longestGapMs: watched.longestGapMs,
      }))
      expect(seen.isSameTrack).toBe(true)
      expect(seen.frames).toBeGreaterThan(0)
      expect(seen.longestGapMs).toBeLessThan(LONGEST_GAP_MS)
    },
  }
}
