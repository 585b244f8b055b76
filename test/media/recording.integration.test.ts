import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../support/backend.ts'
import { type Caller, type CallBrowser, launchCallBrowser } from './callBrowser.ts'
import { hasLivekit, startRealCall } from './realCall.ts'

const picture = { width: 320, height: 240, frameRate: 15 }

let backend: TestBackend
let browser: CallBrowser
let roomId: string | null = null

async function arrive(name: string): Promise<Caller> {
  const { url, publishableKey } = backend
  const caller = await browser.open(name, 'all', picture, {
    backend: { url, publishableKey },
    toneHz: 900,
  })
  await caller.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
  roomId ??= await caller.run((page) => page.createRoom())
  await caller.page.evaluate((id) => window.callPage.join(id), roomId)
  await caller.until((page) => {
    const call = page.call()
    return call.kind === 'live' && call.signaling === 'joined'
  })
  return caller
}

const untilSeen = (viewer: Caller, name: string, frames = 5) =>
  viewer.page.waitForFunction(
    ([of, count]) => (window.callPage.frames()[of] ?? 0) >= count,
    [name, frames] as const,
    { timeout: 20_000, polling: 50 },
  )

const untilWritten = (recorder: Caller, bytes: number) =>
  recorder.page.waitForFunction((count) => window.callPage.recordedFile().bytes >= count, bytes, {
    timeout: 20_000,
    polling: 50,
  })

describe('from person to person', () => {
  beforeEach(async () => {
    roomId = null
    backend = await startTestBackend({ livekit: 'off' })
    browser = await launchCallBrowser()
  })

  afterEach(async () => {
    await browser.close()
    await backend.stop()
  })

  test('everybody says yes, a file grows that plays with pictures and sound, and a withdrawal ends it within a second', async () => {
    const ada = await arrive('Ada')
    const ben = await arrive('Ben')
    await untilSeen(ada, 'Ben')
    await ada.run((page) => page.requestRecording())
    await ben.until((page) => page.recording().state.kind === 'asked')
    // Nothing is written, and nobody's media stops, while somebody is only being asked.
    expect((await ada.run((page) => page.recordedFile())).bytes).toBe(0)
    await ben.run((page) => page.answerRecording(true))
    await ada.until((page) => page.recording().file.kind === 'writing')
    await ben.until((page) => page.recording().state.kind === 'recording')
    await untilWritten(ada, 200_000)

    const withdrawnAtMs = await ben.run((page) => {
      void page.withdrawRecording()
      return Date.now()
    })
    await ada.until((page) => page.recording().file.kind === 'saved')
    const { writtenAtMs, bytes } = await ada.run((page) => page.recordedFile())
    const endedAtMs = await ada.run((page) => page.recordingEndedAtMs() ?? Number.POSITIVE_INFINITY)
    // Both pages have the clock of this computer.
    process.stderr.write(
      `a withdrawal ends it after ${endedAtMs - withdrawnAtMs} ms, and the last piece of before is written after ${writtenAtMs - withdrawnAtMs} ms\n`,
    )
    expect(endedAtMs - withdrawnAtMs).toBeLessThan(1_000)
    await ben.until((page) => page.recording().state.kind === 'ended')
    await untilSeen(ada, 'Ben', ((await ada.run((page) => page.frames()))['Ben'] ?? 0) + 5)
    expect((await ada.run((page) => page.recordedFile())).bytes).toBe(bytes)

    const played = await ada.run((page) => page.playRecording())
    expect(played).toMatchObject({ width: 1_280, height: 720 })
    expect(played.playedMs).toBeGreaterThan(1_000)
    // Two cameras side by side.
    expect(played.colouredRatio).toBeGreaterThan(0.4)
    expect(played.loudness).toBeGreaterThan(0.01)
  })

  test('who comes while it runs sends nothing before they have answered, and the recorder pauses for them', async () => {
    const ada = await arrive('Ada')
    await ada.run((page) => page.requestRecording())
    await ada.until((page) => page.recording().file.kind === 'writing')
    await untilWritten(ada, 20_000)

    const ben = await arrive('Ben')
    await ada.until((page) => {
      const { file } = page.recording()
      return file.kind === 'writing' && file.isPaused
    })
    // Longer than joining takes: Ben sees Ada, and Ada nothing of Ben.
    await untilSeen(ben, 'Ada')
    const sent = await ben.run((page) => page.traffic())
    expect({ frames: sent.videoFramesEncoded, sound: sent.audioPacketsSent }).toEqual({ frames: 0, sound: 0 })
    expect(await ada.run((page) => page.frames())).not.toHaveProperty('Ben')
    const paused = await ada.run((page) => page.recordedFile())

    await ben.run((page) => page.answerRecording(true))
    await untilSeen(ada, 'Ben')
    await untilWritten(ada, paused.bytes + 50_000)

    const chloe = await arrive('Chloe')
    await chloe.until((page) => page.recording().state.kind === 'recording')
    await chloe.run((page) => page.answerRecording(false))
    await ada.until((page) => page.recording().file.kind === 'saved')
    // It has ended: now there is nothing that Chloe would have to agree to.
    await untilSeen(ada, 'Chloe')
  })
})

describe.skipIf(!(await hasLivekit()))('with a LiveKit server, which `npm run livekit` builds', () => {
  test('people on it are recorded, and who comes is let in by their yes', async () => {
    const call = await startRealCall(picture, '1 hour')
    try {
      const ada = await call.arrive('Ada')
      const ben = await call.arrive('Ben')
      await call.moveToSfu([ada, ben])
      await ada.run((page) => page.requestRecording())
      await ben.until((page) => page.recording().state.kind === 'asked')
      await ben.run((page) => page.answerRecording(true))
      await untilWritten(ada, 150_000)

      const chloe = await call.arrive('Chloe')
      await chloe.until((page) => {
        const snapshot = page.call()
        return snapshot.kind === 'live' && snapshot.mediaServer === 'needsConsent'
      })
      await chloe.run((page) => page.answerRecording(true))
      await untilSeen(ada, 'Chloe')
      await ada.until((page) => {
        const { file } = page.recording()
        return file.kind === 'writing' && !file.isPaused
      })
      await untilWritten(ada, (await ada.run((page) => page.recordedFile())).bytes + 200_000)
      await ada.run((page) => page.stopRecording())
      await ada.until((page) => page.recording().file.kind === 'saved')
      const played = await ada.run((page) => page.playRecording())
      // Three cameras, and nothing in the fourth place.
      expect(played.colouredRatio).toBeGreaterThan(0.4)
      expect(played.loudness).toBeGreaterThan(0.01)
    } finally {
      await call.close()
    }
  }, 120_000)
})
