import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Caller, type CallBrowser, launchCallBrowser } from './callBrowser.ts'
import { hasLivekit, type RealCall, startRealCall } from './realCall.ts'

let browser: CallBrowser | null = null
let call: RealCall | null = null

afterEach(async () => {
  await browser?.close()
  await call?.close()
  browser = null
  call = null
})

const tinyPicture = { width: 160, height: 120, frameRate: 10 }

async function arrive(name: string): Promise<Caller> {
  browser ??= await launchCallBrowser({ capturesRealPages: true })
  const caller = await browser.open(name, 'all', tinyPicture)
  await caller.run((page) => page.prepare({ camera: true, microphone: false }))
  await caller.run((page) => page.join())
  return caller
}

/** New frames of somebody's screen, and how large they are. */
async function untilScreen(viewer: Caller, name: string): Promise<{ width: number; height: number }> {
  const before = (await viewer.run((page) => page.screens()))[name]?.frames ?? 0
  await viewer.page.waitForFunction(
    ([of, wanted]) => (window.callPage.screens()[of]?.frames ?? 0) >= wanted,
    [name, before + 3] as const,
    { timeout: 20_000, polling: 50 },
  )
  const seen = (await viewer.run((page) => page.screens()))[name]
  if (seen === undefined) throw new Error(`no screen of ${name}`)
  return { width: seen.width, height: seen.height }
}

/** As the sharing person's state says; frames alone do not tell that nobody shares. */
async function untilSaid(viewer: Caller, name: string, isScreensharing: boolean): Promise<void> {
  await viewer.page.waitForFunction(
    ([of, wanted]) => {
      const snapshot = window.callPage.call()
      return (
        snapshot.kind === 'live' &&
        snapshot.others.some(
          ({ displayName, mediaState }) => displayName === of && mediaState.isScreensharing === wanted,
        )
      )
    },
    [name, isScreensharing] as const,
    { timeout: 30_000, polling: 50 },
  )
}

/** Packets of sound within a second. */
async function countSound(caller: Caller): Promise<number> {
  const received = async (): Promise<number> =>
    (await caller.run((page) => page.traffic())).audioPacketsReceived
  const before = await received()
  await new Promise((done) => setTimeout(done, 1_000))
  return (await received()) - before
}

test('a shared page is seen in its full size by who is there and who comes later, until it is stopped', async () => {
  const ada = await arrive('Ada')
  const ben = await arrive('Ben')
  // A browser that takes the wish to leave the call out of the sound, and does not do it.
  expect(await ada.run((page) => page.shareScreen({ content: 'text', withSound: true }))).toEqual({
    kind: 'on',
    name: null,
    content: 'text',
    sound: 'refused',
  })
  await untilSaid(ben, 'Ada', true)
  expect(await untilScreen(ben, 'Ada')).toEqual({ width: 1_280, height: 720 })
  expect(await countSound(ben)).toBeLessThan(15)

  const chloe = await arrive('Chloe')
  await untilSaid(chloe, 'Ada', true)
  expect(await untilScreen(chloe, 'Ada')).toEqual({ width: 1_280, height: 720 })
  // Over the lines that were there from the start.
  expect((await ben.run((page) => page.traffic())).openConnections).toBe(2)

  await ada.run((page) => page.setCameraOn(false))
  await ada.run((page) => page.stopSharing())
  await untilSaid(ben, 'Ada', false)
  const sent = async (): Promise<number> => (await ada.run((page) => page.traffic())).videoFramesEncoded
  const before = await sent()
  await untilSaid(chloe, 'Ada', false)
  await countSound(ben)
  expect((await sent()) - before).toBeLessThanOrEqual(2)
})

test('its sound comes with it where the call is not in it, and both share at once', async () => {
  const ada = await arrive('Ada')
  const ben = await arrive('Ben')
  expect(
    await ada.run((page) => page.shareScreen({ content: 'motion', withSound: true, isSoundClean: true })),
  ).toMatchObject({ kind: 'on', sound: 'shared' })
  await ben.run((page) => page.shareScreen({ content: 'text', withSound: false }))
  await untilScreen(ben, 'Ada')
  await untilScreen(ada, 'Ben')
  await vi.waitFor(async () => expect(await countSound(ben)).toBeGreaterThan(30), { timeout: 30_000 })
  expect(await countSound(ada)).toBeLessThan(15)
  // What the system's own bar says.
  await ada.run((page) => page.stopSharing())
  await untilSaid(ben, 'Ada', false)
  await untilScreen(ada, 'Ben')
})

describe.skipIf(!(await hasLivekit()))('with a LiveKit server, which `npm run livekit` builds', () => {
  test('a shared screen comes along to the media server and back', async () => {
    call = await startRealCall(tinyPicture)
    const ada = await call.arrive('Ada')
    const ben = await call.arrive('Ben')
    await ada.run((page) => page.shareScreen({ content: 'text', withSound: false }))
    const { width, height } = await untilScreen(ben, 'Ada')
    await ben.run((page) => page.takeGaps())

    const { sql, roomId } = call
    await sql`select private.set_topology(${roomId}, 'sfu', false)`
    await untilPath(ben, 'Ada', 'sfu')
    expect(await untilScreen(ben, 'Ada')).toEqual({ width, height })
    // That it was swapped, and did not end and begin again; for how long it stood still depends on the machine.
    expect((await ben.run((page) => page.takeGaps()))['screen of Ada']?.atSwapMs).toEqual(expect.any(Number))

    const chloe = await call.arrive('Chloe')
    expect(await untilScreen(chloe, 'Ada')).toEqual({ width, height })

    // Few people, for long: never while somebody shares.
    await sql`update public.rooms set few_since = now() - interval '1 hour' where id = ${roomId}`
    expect(await settle()).toBe('sfu')
    await ada.run((page) => page.stopSharing())
    await untilSaid(ben, 'Ada', false)
    await vi.waitFor(async () => expect(await settle()).toBe('mesh'), { timeout: 30_000, interval: 500 })
    await untilPath(ben, 'Ada', 'mesh')
    await ada.run((page) => page.shareScreen({ content: 'text', withSound: false }))
    expect(await untilScreen(ben, 'Ada')).toEqual({ width, height })
    expect(await untilScreen(chloe, 'Ada')).toEqual({ width, height })

    /** What the scheduler does every 10 s, now. */
    async function settle(): Promise<string | undefined> {
      await sql`select private.settle_topologies()`
      const [room] = await sql<{ topology: string }[]>`select topology from public.rooms where id = ${roomId}`
      return room?.topology
    }
  }, 120_000)
})

async function untilPath(viewer: Caller, name: string, path: 'mesh' | 'sfu'): Promise<void> {
  await viewer.page.waitForFunction(
    ([of, wanted]) => {
      const snapshot = window.callPage.call()
      return (
        snapshot.kind === 'live' &&
        snapshot.others.some((person) => person.displayName === of && person.path === wanted)
      )
    },
    [name, path] as const,
    { timeout: 30_000, polling: 50 },
  )
}
