import { setTimeout as sleep } from 'node:timers/promises'
import { describeFaults, expect, type FaultCall, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { lookBack, untilBothMeet, untilSample } from '../rig/observe.ts'

/** A pause in media that a person would not notice as one; what remains of a busy machine's own. */
const UNBROKEN_MS = 1_500

/**
 * Milliseconds from then until both have a websocket and are told of nothing any more. The websocket was opened after `lostAtMs`: where
 * the backend was away, it may have been opened a moment before its process has said that it answers.
 */
async function untilSignalingIsBack(
  { ada, ben }: FaultCall,
  sinceMs: number,
  lostAtMs = sinceMs,
): Promise<number> {
  const backMs = await Promise.all(
    [ada, ben].map(async (person) => {
      const deadlineMs = Date.now() + 30_000
      for (;;) {
        const opened = (await person.sockets()).find(
          (socket) =>
            socket.openedAtMs !== null && socket.openedAtMs >= lostAtMs && socket.closedAtMs === null,
        )
        if (opened?.openedAtMs != null) {
          return await untilSample(
            person,
            sinceMs,
            (sample) => sample.atMs >= (opened.openedAtMs ?? 0) && !sample.isWaitingForNetwork,
            10_000,
          )
        }
        if (Date.now() > deadlineMs) throw new Error(`${person.name} has no websocket again`)
        await sleep(50)
      }
    }),
  )
  return Math.max(...backMs)
}

/** Media went on for both, and nobody was shown as gone or as reconnecting. */
async function expectUndisturbedMedia({ ada, ben }: FaultCall, sinceMs: number): Promise<number> {
  let longestMs = 0
  for (const [person, other] of [
    [ada, 'Ben'],
    [ben, 'Ada'],
  ] as const) {
    const seen = await lookBack(person, other, sinceMs)
    expect.soft(seen.wasGone, `${person.name} never missed ${other}`).toBe(false)
    expect.soft(seen.wasReconnecting, `${person.name} saw no reconnecting`).toBe(false)
    expect.soft(seen.longestWithoutAudioMs, `${person.name} went on hearing`).toBeLessThan(UNBROKEN_MS)
    expect.soft(seen.longestWithoutFrameMs, `${person.name} went on seeing`).toBeLessThan(UNBROKEN_MS)
    longestMs = Math.max(longestMs, seen.longestWithoutAudioMs, seen.longestWithoutFrameMs)
  }
  return longestMs
}

describeFaults('signaling', () => {
  for (const [title, code, options] of [
    ['the websocket dies without a word (1006)', 1006, { tag: '@short' }],
    ['the websocket is closed by the server (1011)', 1011, {}],
  ] as const) {
    test(title, options, async ({ call }) => {
      const sinceMs = Date.now()
      const { gateway } = call.backend
      expect(await (code === 1006 ? gateway.kill() : gateway.closeSockets(code))).toBeGreaterThanOrEqual(2)
      const backMs = await untilSignalingIsBack(call, sinceMs)
      await sleep(3_000)
      const closed = (await call.ada.sockets()).filter((socket) => (socket.closedAtMs ?? 0) >= sinceMs)
      expect(closed.map((socket) => socket.code)).toContain(code)
      const pauseMs = await expectUndisturbedMedia(call, sinceMs)
      await report(`signaling socket, ${code}`, {
        'back after ms': backMs,
        'longest pause of media ms': pauseMs,
      })
      expect(backMs).toBeLessThanOrEqual(5_000)
    })
  }

  test('a half-open websocket is noticed', async ({ call }) => {
    const sinceMs = Date.now()
    expect(await call.backend.gateway.freeze()).toBeGreaterThanOrEqual(2)
    const noticedMs = Math.max(
      ...(await Promise.all(
        [call.ada, call.ben].map((person) =>
          untilSample(person, sinceMs, (sample) => sample.isWaitingForNetwork, 20_000),
        ),
      )),
    )
    const backMs = await untilSignalingIsBack(call, sinceMs + noticedMs)
    const pauseMs = await expectUndisturbedMedia(call, sinceMs)
    await report('half-open socket', {
      'noticed after ms': noticedMs,
      'back after that ms': backMs,
      'longest pause of media ms': pauseMs,
    })
    expect(noticedMs).toBeLessThanOrEqual(10_000)
    expect(backMs).toBeLessThanOrEqual(5_000)
  })

  test('the backend and its database are killed and start again after ten seconds', async ({ call }) => {
    const sinceMs = Date.now()
    await call.backend.kill()
    const lostAtMs = Date.now()
    await sleep(Math.max(0, 10_000 - (Date.now() - sinceMs)))
    const startMs = await call.backend.start()
    const answersAtMs = Date.now()
    const backMs = await untilSignalingIsBack(call, answersAtMs, lostAtMs)
    await sleep(8_000)
    const pauseMs = await expectUndisturbedMedia(call, sinceMs)
    await report('backend killed for 10 s', {
      'start ms': startMs,
      'back after its start ms': backMs,
      'longest pause of media ms': pauseMs,
    })
    expect(backMs).toBeLessThanOrEqual(5_000)
    await untilBothMeet(call.ada, call.ben)
  })
})
