import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { z } from 'zod'

const countsSchema = z.array(z.object({ more: z.number(), before: z.number().optional(), state: z.string() }))

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

/** What a connection's counter has gone up by since the watch began; one that is newer than the watch began at nothing. */
interface Growth {
  readonly more: number
  /** Absent for a connection that was not open when the watch began. */
  readonly before?: number | undefined
  readonly state: string
}

/** Watches a counter on every peer connection of a page. */
interface CounterWatch extends AsyncDisposable {
  grown(): Promise<readonly Growth[]>
}

/**
 * The connections are found by the debugger, so that the app needs no door for tests, and told apart by themselves: their order,
 * and how many there are, may change at any time.
 */
async function watchCounter(page: Page, counter: Counter): Promise<CounterWatch> {
  const session = await page.context().newCDPSession(page)
  const prototype = await session.send('Runtime.evaluate', { expression: 'RTCPeerConnection.prototype' })
  const prototypeObjectId = prototype.result.objectId
  if (prototypeObjectId === undefined) throw new Error('The page has no RTCPeerConnection')
  const queryConnections = async (): Promise<string> => {
    const found = await session.send('Runtime.queryObjects', { prototypeObjectId })
    const objectId = found.objects.objectId
    if (objectId === undefined) throw new Error('The page does not tell of its connections')
    return objectId
  }
  const countAll = `const countAll = async (connections) => new Map(await Promise.all(
    [...connections].filter((connection) => connection.connectionState !== 'closed').map(async (connection) => {
      let sum = 0
      for (const report of (await connection.getStats()).values()) {
        if (report.type === type && report.kind === kind) sum += report[name]
      }
      return [connection, sum]
    })))`
  const begun = await session.send('Runtime.callFunctionOn', {
    objectId: await queryConnections(),
    awaitPromise: true,
    arguments: [{ value: counter }],
    functionDeclaration: `async function ({ type, kind, name }) { ${countAll}; return countAll(this) }`,
  })
  const before = begun.result.objectId
  if (before === undefined) throw new Error('The page does not tell of its counters')
  return {
    async grown() {
      const counted = await session.send('Runtime.callFunctionOn', {
        objectId: await queryConnections(),
        awaitPromise: true,
        returnByValue: true,
        arguments: [{ value: counter }, { objectId: before }],
        functionDeclaration: `async function ({ type, kind, name }, before) {
          ${countAll}
          return [...await countAll(this)].map(([connection, now]) => ({
            more: now - (before.get(connection) ?? 0), before: before.get(connection), state: connection.connectionState,
          }))
        }`,
      })
      return countsSchema.parse(counted.result.value)
    },
    [Symbol.asyncDispose]: () => session.detach(),
  }
}

/** Waits until a page in a call sends no picture to anybody: a second goes by without a byte of one over the connections that it has. */
export async function expectNoPictureSent(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        await using sent = await watchCounter(page, {
          type: 'outbound-rtp',
          kind: 'video',
          name: 'bytesSent',
        })
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)))
        const connections = await sent.grown()
        return {
          isConnected: connections.some(({ state }) => state === 'connected'),
          bytes: connections.reduce((sum, { more }) => sum + more, 0),
        }
      },
      { message: 'no picture sent', intervals: [0] },
    )
    .toEqual({ isConnected: true, bytes: 0 })
}

/** Waits until sound from `count` people arrives, and goes on arriving. */
export async function expectSoundFrom(page: Page, count: number): Promise<void> {
  await using received = await watchCounter(page, {
    type: 'inbound-rtp',
    kind: 'audio',
    name: 'packetsReceived',
  })
  await expect
    .poll(
      async () => {
        const connections = await received.grown()
        return { heardFrom: connections.filter(({ more }) => more > 0).length, connections }
      },
      { message: `sound from ${count} people` },
    )
    .toMatchObject({ heardFrom: count })
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
