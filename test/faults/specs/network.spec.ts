import { setTimeout as sleep } from 'node:timers/promises'
import { describeFaults, expect, type FaultCall, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { lookBack, untilBothMeet, untilSample } from '../rig/observe.ts'
import type { Shape } from '../rig/faultLink.ts'

/** As long as it may take from a network that is there again to media that is. */
const BACK_MS = 5_000

async function neverGone({ ada, ben }: FaultCall, sinceMs: number): Promise<boolean> {
  const seen = await Promise.all([lookBack(ada, 'Ben', sinceMs), lookBack(ben, 'Ada', sinceMs)])
  return seen.every(({ wasGone }) => !wasGone)
}

describeFaults('the network', () => {
  for (const offSeconds of [3, 10, 40]) {
    test(`Wi-Fi is off for ${offSeconds} s`, async ({ call }) => {
      const { ada, ben } = call
      const sinceMs = Date.now()
      await ada.place.setUp(false)
      await sleep(offSeconds * 1_000)
      const onAtMs = Date.now()
      await ada.place.setUp(true)
      const backMs = await untilBothMeet(ada, ben, onAtMs)
      await report(`Wi-Fi off for ${offSeconds} s`, { 'media back after ms': backMs })
      expect(backMs).toBeLessThanOrEqual(BACK_MS)
      if (offSeconds <= 10) expect(await neverGone(call, sinceMs)).toBe(true)
    })
  }

  test('a path that is cut without a word is noticed at once, said, and mended', async ({ call }) => {
    const { ada, ben, network } = call
    const cutAtMs = Date.now()
    await network.link.shape('ada', 'both', { isCut: true })
    const noticedMs = await untilSample(
      ben,
      cutAtMs,
      ({ tiles }) => tiles['Ada']?.words.includes('Reconnecting') === true,
      15_000,
    )
    await expect(ben.page.getByText('Reconnecting to Ada')).toBeAttached()
    await sleep(Math.max(0, 10_000 - (Date.now() - cutAtMs)))
    const openAtMs = Date.now()
    await network.link.shape('ada', 'both', {})
    const backMs = await untilBothMeet(ada, ben, openAtMs)
    await expect(ben.page.getByText('Ada is back')).toBeAttached()
    await report('path cut for 10 s', { 'noticed after ms': noticedMs, 'media back after ms': backMs })
    expect(noticedMs).toBeLessThanOrEqual(4_000)
    expect(backMs).toBeLessThanOrEqual(BACK_MS)
    expect(await neverGone(call, cutAtMs)).toBe(true)
  })

  test('the computer moves to another network', async ({ call }) => {
    const { ada, ben } = call
    const movedAtMs = Date.now()
    await ada.place.moveToNewAddress()
    const backMs = await untilBothMeet(ada, ben, movedAtMs + 300)
    await report('another network', { 'media back after ms': backMs + 300 })
    expect(backMs + 300).toBeLessThanOrEqual(BACK_MS)
    expect(await neverGone(call, movedAtMs)).toBe(true)
  })

  test('a peer connection is lost', { tag: '@short' }, async ({ call }) => {
    const { ada, ben } = call
    const lostAtMs = Date.now()
    await ada.page.evaluate(() => {
      for (const connection of window.faultProbe.connections()) connection.close()
    })
    const backMs = await untilBothMeet(ada, ben, lostAtMs + 300)
    await report('peer connection lost', { 'media back after ms': backMs + 300 })
    expect(backMs + 300).toBeLessThanOrEqual(BACK_MS)
    expect(await neverGone(call, lostAtMs)).toBe(true)
  })

  for (const [title, shape, seconds] of [
    ['5 % of packets are lost', { lossRatio: 0.05 }, 10],
    ['10 % of packets are lost', { lossRatio: 0.1 }, 10],
    ['20 % of packets are lost', { lossRatio: 0.2 }, 15],
    ['the round trip takes 500 ms', { delayMs: 250 }, 15],
  ] as const satisfies readonly (readonly [string, Shape, number])[]) {
    test(title, async ({ call }) => {
      const { ada, ben, network } = call
      // Each packet goes through one of Ada's lines.
      await network.link.shape('ada', 'both', shape)
      await sleep(2_000)
      const sinceMs = Date.now()
      const before = await ben.transport()
      await sleep(seconds * 1_000)
      const after = await ben.transport()
      const seen = await Promise.all([lookBack(ada, 'Ben', sinceMs), lookBack(ben, 'Ada', sinceMs)])
      const concealed =
        (after.concealedSamples - before.concealedSamples) / (after.totalSamples - before.totalSamples)
      await report(title, {
        'longest without sound ms': Math.max(...seen.map((each) => each.longestWithoutAudioMs)),
        'longest without a picture ms': Math.max(...seen.map((each) => each.longestWithoutFrameMs)),
        'sound that had to be invented': concealed,
      })
      for (const each of seen) {
        expect(each.wasGone).toBe(false)
        expect(each.wasReconnecting).toBe(false)
        expect(each.longestWithoutAudioMs).toBeLessThan(1_000)
      }
    })
  }

  test('a line of 300 kbit/s: sound holds, the picture steps down and comes back', async ({ call }) => {
    const { ada, ben, network } = call
    const rate = async (durationMs: number): Promise<number> => {
      const before = await ada.transport()
      await sleep(durationMs)
      const after = await ada.transport()
      return ((after.videoBytesSent - before.videoBytesSent) * 8_000) / durationMs
    }
    const fullBps = await rate(5_000)
    await network.link.shape('ada', 'up', { rateBps: 300_000 })
    await sleep(8_000)
    const sinceMs = Date.now()
    const narrowBps = await rate(10_000)
    const seen = await lookBack(ben, 'Ada', sinceMs)
    await network.link.shape('ada', 'up', {})
    const openAtMs = Date.now()
    let backBps = 0
    while (backBps < fullBps * 0.8 && Date.now() - openAtMs < 40_000) backBps = await rate(2_000)
    await report('300 kbit/s', {
      'video before bit/s': fullBps,
      'video meanwhile bit/s': narrowBps,
      'longest without sound ms': seen.longestWithoutAudioMs,
      'video is back after ms': Date.now() - openAtMs,
    })
    expect(seen.wasReconnecting).toBe(false)
    expect(seen.longestWithoutAudioMs).toBeLessThan(1_000)
    expect(narrowBps).toBeLessThan(290_000)
    expect(backBps).toBeGreaterThanOrEqual(fullBps * 0.8)
  })
})
