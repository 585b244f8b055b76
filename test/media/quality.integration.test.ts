import { afterEach, expect, test, vi } from 'vitest'
import { type Caller, type CallBrowser, launchCallBrowser } from './callBrowser.ts'
import type { Traffic } from './page/callPage.ts'

let browser: CallBrowser | null = null

afterEach(async () => {
  await browser?.close()
  browser = null
})

const picture = { width: 640, height: 480, frameRate: 15 }
const largeTile = { width: 1_280, height: 960 }

/** Ada and Ben, who see and hear each other. */
async function meet(): Promise<{ readonly ada: Caller; readonly ben: Caller }> {
  browser = await launchCallBrowser()
  const ada = await browser.open('Ada', 'all', picture)
  const ben = await browser.open('Ben', 'all', picture)
  for (const person of [ada, ben]) {
    await person.run((page) => page.prepare({ camera: true, microphone: true }))
    await person.run((page) => page.join())
  }
  await ada.until((page) => (page.frames()['Ben'] ?? 0) > 5)
  await ben.until((page) => (page.frames()['Ada'] ?? 0) > 5)
  return { ada, ben }
}

const trafficOf = (person: Caller): Promise<Traffic> => person.run((page) => page.traffic())

/** Some time, by the sound that somebody sends in it: 50 packets are a second. */
async function untilSpoken(person: Caller, packets: number): Promise<void> {
  const { audioPacketsSent } = await trafficOf(person)
  await vi.waitFor(
    async () =>
      expect((await trafficOf(person)).audioPacketsSent).toBeGreaterThan(audioPacketsSent + packets),
    { timeout: 20_000, interval: 100 },
  )
}

/** Until half a second of speech goes by in which no frame was encoded. */
async function untilNothingIsEncoded(person: Caller): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const before = (await trafficOf(person)).videoFramesEncoded
    await untilSpoken(person, 25)
    if ((await trafficOf(person)).videoFramesEncoded === before) return
  }
  throw new Error(`${person.name} goes on encoding`)
}

test('a picture that nobody looks at is not sent, while the sound goes on; and it comes back', async () => {
  const { ada, ben } = await meet()
  await ada.run((page) => page.showTile('Ben', null))
  await untilNothingIsEncoded(ben)
  const before = await trafficOf(ben)
  const heardBefore = (await trafficOf(ada)).audioPacketsReceived
  await untilSpoken(ben, 60)
  const after = await trafficOf(ben)
  expect(after.videoBytesSent - before.videoBytesSent).toBe(0)
  expect(after.videoFramesEncoded - before.videoFramesEncoded).toBe(0)
  expect((await trafficOf(ada)).audioPacketsReceived).toBeGreaterThan(heardBefore + 30)

  // Ben goes on to see Ada all the while.
  const seen = (await ben.run((page) => page.frames()))['Ada'] ?? 0
  await ben.page.waitForFunction((count) => (window.callPage.frames()['Ada'] ?? 0) > count + 5, seen)

  await ada.run((page) => page.measureReturn('Ben', { width: 1_280, height: 960 }))
  const shown = (await ada.run((page) => page.frames()))['Ben'] ?? 0
  await ada.page.waitForFunction((count) => (window.callPage.frames()['Ben'] ?? 0) > count + 5, shown)
  expect((await trafficOf(ben)).openConnections).toBe(1)
})

test('a small tile gets a small picture, and who chose 360p gets no more', async () => {
  const { ada, ben } = await meet()
  await ada.page.evaluate((size) => window.callPage.showTile('Ben', size), largeTile)
  await ada.until((page) => page.frameHeights()['Ben'] === 480)
  await ada.run((page) => page.showTile('Ben', { width: 320, height: 180 }))
  await ada.until((page) => page.frameHeights()['Ben'] === 180)
  await ada.run((page) => page.chooseQuality('360p'))
  await ada.page.evaluate((size) => window.callPage.showTile('Ben', size), largeTile)
  await ada.until((page) => page.frameHeights()['Ben'] === 360)
  const shown = async (person: Caller) =>
    Math.max(...Object.values(await person.run((page) => page.frameHeights())))
  expect(await shown(ada)).toBe(360)
  // What Ada sends is no more than she chose either, whatever Ben shows.
  await ben.page.evaluate((size) => window.callPage.showTile('Ada', size), largeTile)
  await ben.until((page) => page.frameHeights()['Ada'] === 360)
  expect(await shown(ben)).toBe(360)
})

test('sound only sends no picture and asks for none', async () => {
  const { ada, ben } = await meet()
  for (const [person, other] of [
    [ada, 'Ben'],
    [ben, 'Ada'],
  ] as const) {
    await person.page.evaluate((name) => window.callPage.showTile(name, { width: 640, height: 480 }), other)
  }
  await ada.run((page) => page.chooseQuality('audioOnly'))
  await untilNothingIsEncoded(ben)
  await untilNothingIsEncoded(ada)
  expect((await ada.run((page) => page.media())).camera.kind).toBe('off')
  const { audioPacketsReceived } = await trafficOf(ada)
  await untilSpoken(ben, 50)
  expect((await trafficOf(ada)).audioPacketsReceived).toBeGreaterThan(audioPacketsReceived + 20)
})
