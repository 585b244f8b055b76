import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { livekitProgram, withoutLivekit } from '../../support/livekit.ts'
import { describeFaults, expect, type FaultCall, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import type { MediaServer } from '../rig/mediaServer.ts'
import { lookBack, untilBothMeet, untilSample } from '../rig/observe.ts'

const BACK_MS = 5_000
/** Without a media server, or until media has found another way to it. */
const CARRIED_ON_MS = 10_000
/** A pause that is over so soon needs no words. */
const UNTOLD_MS = 3_000

/** By the database, as if a fifth had come or left. Resolves once both are seen by that path. */
async function moveTo({ ada, ben, backend }: FaultCall, topology: 'mesh' | 'sfu'): Promise<void> {
  const sql = postgres(await backend.databaseUrl(), { max: 1, onnotice: () => undefined })
  try {
    // Nobody takes two people back to a mesh by themselves.
    await sql`update private.config set mesh_return_delay = '1 hour'`
    await expect
      .poll(async () => (await sql<{ has_sfu: boolean }[]>`select has_sfu from private.config`)[0]?.has_sfu)
      .toBe(true)
    await sql`
      update public.rooms set topology = ${topology}, topology_epoch = topology_epoch + 1
      where is_active and topology <> ${topology}`
  } finally {
    await sql.end()
  }
  await expect(ada.tileOf('Ben')).toHaveAttribute('data-path', topology)
  await expect(ben.tileOf('Ada')).toHaveAttribute('data-path', topology)
  await untilBothMeet(ada, ben)
}

function serverOf({ mediaServer }: FaultCall): MediaServer {
  if (mediaServer === null) throw new Error(withoutLivekit)
  return mediaServer
}

/** The longest that either missed of the other since then; neither was shown as gone. */
async function worstSince({ ada, ben }: FaultCall, sinceMs: number) {
  const seen = await Promise.all([lookBack(ada, 'Ben', sinceMs), lookBack(ben, 'Ada', sinceMs)])
  expect(seen.map(({ wasGone }) => wasGone)).toEqual([false, false])
  return {
    'longest without a picture ms': Math.max(...seen.map((each) => each.longestWithoutFrameMs)),
    'longest without sound ms': Math.max(...seen.map((each) => each.longestWithoutAudioMs)),
  }
}

/** Milliseconds until both are told: nobody looks at a picture that stands without a word. */
async function untilBothAreTold({ ada, ben }: FaultCall, sinceMs: number): Promise<number> {
  const isTold = (name: string) => (sample: Parameters<Parameters<typeof untilSample>[2]>[0]) =>
    sample.tiles[name]?.words.includes('Reconnecting') === true
  return Math.max(
    ...(await Promise.all([
      untilSample(ada, sinceMs, isTold('Ben'), 15_000),
      untilSample(ben, sinceMs, isTold('Ada'), 15_000),
    ])),
  )
}

/** Whether each either was told of the other or missed so little that there was nothing to tell. */
async function neverSilent({ ada, ben }: FaultCall, sinceMs: number): Promise<boolean> {
  const seen = await Promise.all([lookBack(ada, 'Ben', sinceMs), lookBack(ben, 'Ada', sinceMs)])
  return seen.every(
    ({ wasReconnecting, longestWithoutFrameMs, longestWithoutAudioMs }) =>
      wasReconnecting || Math.max(longestWithoutFrameMs, longestWithoutAudioMs) <= UNTOLD_MS,
  )
}

describeFaults('a media server', () => {
  test.skip(livekitProgram === null, withoutLivekit)
  test.beforeEach(async ({ call }) => moveTo(call, 'sfu'))
  test.afterEach(async ({ call }) => moveTo(call, 'mesh'))

  test('it is killed, and there again a second later', async ({ call }) => {
    const server = serverOf(call)
    const killedAtMs = Date.now()
    await server.kill()
    await sleep(1_000)
    await server.start()
    const backMs = await untilBothMeet(call.ada, call.ben, killedAtMs + 300)
    await report('SFU killed, back after 1 s', {
      'media back after ms': backMs + 300,
      ...(await worstSince(call, killedAtMs)),
    })
    expect(backMs + 300).toBeLessThanOrEqual(CARRIED_ON_MS)
    expect(await neverSilent(call, killedAtMs)).toBe(true)
  })

  test('it is killed and stays away: a mesh carries on', async ({ call }) => {
    const { ada, ben } = call
    const server = serverOf(call)
    const killedAtMs = Date.now()
    await server.kill()
    try {
      const toldMs = await untilBothAreTold(call, killedAtMs)
      const backMs = await untilBothMeet(ada, ben, killedAtMs + 300)
      await expect(ada.tileOf('Ben')).toHaveAttribute('data-path', 'mesh')
      await expect(ben.tileOf('Ada')).toHaveAttribute('data-path', 'mesh')
      await report('SFU killed for good', {
        'told after ms': toldMs,
        'media back over a mesh after ms': backMs + 300,
        ...(await worstSince(call, killedAtMs)),
      })
      expect(backMs + 300).toBeLessThanOrEqual(CARRIED_ON_MS)
    } finally {
      await server.start()
    }
  })

  test('Wi-Fi is off for 10 s', async ({ call }) => {
    const { ada, ben } = call
    const offAtMs = Date.now()
    await ada.place.setUp(false)
    await sleep(10_000)
    const onAtMs = Date.now()
    await ada.place.setUp(true)
    const backMs = await untilBothMeet(ada, ben, onAtMs)
    await worstSince(call, offAtMs)
    await report('on the SFU, Wi-Fi off for 10 s', { 'media back after ms': backMs })
    expect(backMs).toBeLessThanOrEqual(BACK_MS)
  })

  test('nothing but TCP gets out: media comes by TCP', async ({ call }) => {
    const { ada, ben, network } = call
    const blockedAtMs = Date.now()
    await network.link.block([{ protocol: 'udp', from: 'ada' }])
    const backMs = await untilBothMeet(ada, ben, blockedAtMs + 500)
    const { protocols, relayProtocols } = await ada.transport()
    await report('on the SFU, UDP blocked', {
      'media back after ms': backMs + 500,
      path: [...protocols, ...relayProtocols].join(' '),
      ...(await worstSince(call, blockedAtMs)),
    })
    expect([...protocols, ...relayProtocols]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:tcp|tls)$/)]),
    )
    expect(backMs + 500).toBeLessThanOrEqual(CARRIED_ON_MS)
  })
})
