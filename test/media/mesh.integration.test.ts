import { afterEach, expect, test, vi } from 'vitest'
import { type Caller, type CallBrowser, type Devices, launchCallBrowser } from './callBrowser.ts'

let browser: CallBrowser | null = null

afterEach(async () => {
  await browser?.close()
  browser = null
})

/** Fits four people on two cores. */
const smallPicture = { width: 320, height: 240, frameRate: 15 }

async function open(name: string, devices: Devices = 'all'): Promise<Caller> {
  browser ??= await launchCallBrowser()
  return await browser.open(name, devices, smallPicture)
}

async function joinInTurn(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    await person.run((page) => page.prepare({ camera: true, microphone: true }))
    await person.run((page) => page.join())
  }
}

async function expectEverybodySeesAndHears(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    for (const other of people) if (other !== person) await untilNewFrames(person, other.name)
    await untilHearing(person)
  }
}

async function untilNewFrames(person: Caller, name: string, count = 5): Promise<void> {
  const before = (await person.run((page) => page.frames()))[name] ?? 0
  await person.page.waitForFunction(
    ([other, wanted]) => (window.callPage.frames()[other] ?? 0) >= wanted,
    [name, before + count] as const,
    { timeout: 20_000, polling: 50 },
  )
}

async function untilHearing(person: Caller): Promise<void> {
  const received = async (): Promise<number> =>
    (await person.run((page) => page.traffic())).audioPacketsReceived
  const before = await received()
  // Not in the page: `waitForFunction` takes a promise for a yes.
  await vi.waitFor(async () => expect(await received()).toBeGreaterThan(before + 5), {
    timeout: 30_000,
    interval: 100,
  })
}

async function untilGone(person: Caller, name: string, timeoutMs: number): Promise<void> {
  await person.page.waitForFunction(
    (gone) => {
      const call = window.callPage.call()
      return call.kind === 'live' && call.others.every((other) => other.displayName !== gone)
    },
    name,
    { timeout: timeoutMs, polling: 100 },
  )
}

test('two people see and hear each other', async () => {
  const ada = await open('Ada')
  const ben = await open('Ben')
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  expect((await ada.run((page) => page.traffic())).openConnections).toBe(1)
})

test('four people all see and hear each other, and one leaves', async () => {
  const people = [await open('Ada'), await open('Ben'), await open('Chloe'), await open('Dan')]
  await joinInTurn(people)
  await expectEverybodySeesAndHears(people)
  const [dan, ...staying] = people.toReversed()
  await dan?.run((page) => page.leave())
  expect(await dan?.run((page) => page.call())).toMatchObject({ kind: 'ended', reason: 'left' })
  for (const person of staying) await untilGone(person, 'Dan', 5_000)
  await expectEverybodySeesAndHears(staying)
  expect((await dan?.run((page) => page.traffic()))?.openConnections).toBe(0)
  expect((await staying[0]?.run((page) => page.traffic()))?.openConnections).toBe(2)
})

test('all four who join at the same moment meet', async () => {
  const people = [await open('Ada'), await open('Ben'), await open('Chloe'), await open('Dan')]
  for (const person of people) await person.run((page) => page.prepare({ camera: true, microphone: true }))
  await Promise.all(people.map((person) => person.run((page) => page.join())))
  await expectEverybodySeesAndHears(people)
  for (const person of people) expect((await person.run((page) => page.traffic())).openConnections).toBe(3)
})

test.each([
  ['noCamera', 'missing', null],
  ['noMicrophone', null, 'missing'],
  ['none', 'missing', 'missing'],
  ['denied', 'denied', 'denied'],
] as const)('somebody with %s joins, and sees and hears the other', async (devices, camera, microphone) => {
  const ada = await open('Ada')
  const ben = await open('Ben', devices)
  await joinInTurn([ada, ben])
  await untilNewFrames(ben, 'Ada')
  await untilHearing(ben)
  const media = await ben.run((page) => page.media())
  expect(media.camera).toMatchObject(
    camera === null ? { kind: 'on' } : { kind: 'unavailable', reason: camera },
  )
  expect(media.microphone).toMatchObject(
    microphone === null ? { kind: 'on' } : { kind: 'unavailable', reason: microphone },
  )
  if (camera === null) await untilNewFrames(ada, 'Ben')
  if (microphone === null) await untilHearing(ada)
})

/** Milliseconds from asking for camera and microphone until the person is told that there is no camera, or not yet. */
async function measureUntilToldWithoutCamera(person: Caller): Promise<number> {
  return await person.page.evaluate(async () => {
    const startedAtMs = performance.now()
    void window.callPage.prepare({ camera: true, microphone: true })
    for (;;) {
      const { camera } = window.callPage.media()
      if (camera.kind === 'unavailable') break
      if (camera.kind === 'starting' && camera.isLate) break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - startedAtMs
  })
}

test('a camera that is busy, hangs or is unplugged keeps nobody waiting: sound goes on, and that is said', async () => {
  const ada = await open('Ada')
  const [busy, hanging] = [await open('Ben', 'busyCamera'), await open('Chloe', 'hangingCamera')]
  const denied = await open('Dan', 'denied')
  await ada.run((page) => page.prepare({ camera: true, microphone: true }))
  await ada.run((page) => page.join())

  const figures: Record<string, number> = {
    busy: await measureUntilToldWithoutCamera(busy),
    denied: await measureUntilToldWithoutCamera(denied),
    hangs: await measureUntilToldWithoutCamera(hanging),
  }
  expect((await busy.run((page) => page.media())).camera).toMatchObject({ reason: 'busy' })

  // Joining waits for no camera, and the one that comes late is seen.
  await hanging.run((page) => page.join())
  await untilNewFrames(hanging, 'Ada')
  await untilHearing(ada)
  await hanging.page.evaluate(() => window.devices.letCameraOpen())
  await untilNewFrames(ada, 'Chloe')

  figures['unplugged'] = await hanging.page.evaluate(async () => {
    const startedAtMs = performance.now()
    window.devices.unplugCamera()
    while (window.callPage.media().camera.kind !== 'unavailable') {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - startedAtMs
  })
  await ada.until((page) => {
    const call = page.call()
    return call.kind === 'live' && call.others[0]?.mediaState.isVideoOff === true
  })
  await untilHearing(ada)
  const told = Object.entries(figures).map(([fault, ms]) => `${fault} ${Math.round(ms)} ms`)
  process.stdout.write(`Without a camera, until the person is told: ${told.join(', ')}\n`)
})

test('a camera that is off sends nothing, and comes back without another negotiation', async () => {
  const ada = await open('Ada')
  const ben = await open('Ben')
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  await ben.run((page) => page.setCameraOn(false))
  await ada.until((page) => {
    const call = page.call()
    return call.kind === 'live' && call.others[0]?.mediaState.isVideoOff === true
  })
  const before = await ben.run((page) => page.traffic())
  // Hearing takes some packets' time, in which a camera would have sent.
  await untilHearing(ada)
  await untilHearing(ada)
  const after = await ben.run((page) => page.traffic())
  expect(after.videoFramesEncoded - before.videoFramesEncoded).toBeLessThanOrEqual(1)
  await ben.run((page) => page.setCameraOn(true))
  await untilNewFrames(ada, 'Ben')
  const { cameras } = (await ben.run((page) => page.media())).devices
  // Chromium's second fake camera gives depth pictures, which no encoder takes.
  await ben.page.evaluate((id) => window.callPage.chooseCamera(id), cameras[2]?.deviceId ?? '')
  await untilNewFrames(ada, 'Ben')
  expect((await ben.run((page) => page.traffic())).openConnections).toBe(1)
})

test('a muted microphone sends next to nothing', async () => {
  const ada = await open('Ada')
  const ben = await open('Ben')
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  await ben.run((page) => page.setMuted(true))
  await ada.until((page) => {
    const call = page.call()
    return call.kind === 'live' && call.others[0]?.mediaState.isMuted === true
  })
  // The encoder needs a few hundred milliseconds to believe in silence. 15 frames are a second, in which speech is 50 packets.
  await untilNewFrames(ada, 'Ben', 15)
  const before = (await ada.run((page) => page.traffic())).audioPacketsReceived
  await untilNewFrames(ada, 'Ben', 15)
  const after = (await ada.run((page) => page.traffic())).audioPacketsReceived
  expect(after - before).toBeLessThan(15)
})

test('media goes on while signaling is down, and nobody is shown as gone', async () => {
  const ada = await open('Ada')
  const ben = await open('Ben')
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  browser?.hub.dropConnections()
  await untilNewFrames(ada, 'Ben')
  await ada.until((page) => {
    const call = page.call()
    return call.kind === 'live' && call.signaling === 'joined' && call.others[0]?.link === 'connected'
  })
  await expectEverybodySeesAndHears([ada, ben])
  expect((await ben.run((page) => page.traffic())).openConnections).toBe(1)
})

test('somebody whose client was killed is gone within 20 s', async () => {
  const ada = await open('Ada')
  browser ??= await launchCallBrowser()
  const ben = await browser.openInOwnProcess('Ben', smallPicture)
  await joinInTurn([ada, ben])
  await expectEverybodySeesAndHears([ada, ben])
  ben.kill()
  await untilGone(ada, 'Ben', 20_000)
  expect((await ada.run((page) => page.traffic())).openConnections).toBe(0)
})
