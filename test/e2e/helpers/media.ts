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
  /** New frames go on coming, of the very same track: a connection that was made anew would have another. */
  expectUninterrupted(): Promise<void>
}

/** Remembers what the tile's video shows. */
export async function watchPicture(tile: Locator): Promise<WatchedPicture> {
  const watch = await tile.locator('video').evaluateHandle((element: HTMLVideoElement) => {
    const trackOf = (): MediaStreamTrack | undefined =>
      element.srcObject instanceof MediaStream ? element.srcObject.getVideoTracks()[0] : undefined
    return { trackOf, track: trackOf() }
  })
  return {
    async expectUninterrupted() {
      await expectPicture(tile)
      const state = await watch.evaluate(({ track, trackOf }) =>
        track !== undefined && trackOf() === track ? track.readyState : 'another',
      )
      expect(state).toBe('live')
    },
  }
}
