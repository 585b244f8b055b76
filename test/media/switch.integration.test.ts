import { join } from 'node:path'
import process from 'node:process'
import { afterEach, describe, expect, test } from 'vitest'
import { readLivekitRecord } from '../../src/backend/livekit/orphan.ts'
import type { Caller } from './callBrowser.ts'
import { hasLivekit, type RealCall, startRealCall } from './realCall.ts'
import { untilAllOn } from './untilAllOn.ts'

let call: RealCall | null = null

afterEach(async () => {
  await call?.close()
  call = null
})

/** Five people with two paths at once share two cores. */
const tinyPicture = { width: 160, height: 120, frameRate: 10 }
/** The fade, and what its steps and ours are coarse. */
const FADE_MAX_MS = 120

/** The server starts anew, is found again, and five people publish to it, one after the other looked at. */
const SERVER_BACK_MAX_MS = 30_000

async function untilAllSeeAll(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    const names = people.filter((other) => other !== person).map((other) => other.name)
    const before = await person.run((page) => page.frames())
    await person.page.waitForFunction(
      ([others, seen]) =>
        others.every((name) => (window.callPage.frames()[name] ?? 0) >= (seen[name] ?? 0) + 3),
      [names, before] as const,
      { timeout: 30_000, polling: 100 },
    )
  }
}

async function forgetMeasurements(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    await person.run((page) => page.takeGaps())
    await person.run((page) => page.takeHeard())
  }
}

/**
 * What a swap has cost: pictures that the machine, with both paths open, had not cost already; and people heard twice. How long
 * gaps are depends on the machine: the benchmark `switchGap` measures them.
 */
async function describeLosses(person: Caller): Promise<readonly string[]> {
  const losses: string[] = []
  const gaps = Object.entries(await person.run((page) => page.takeGaps()))
  const usualMs = Math.max(500, 1.5 * Math.max(...gaps.map(([, gap]) => gap.longestMs)))
  for (const [name, { atSwapMs }] of gaps) {
    if (atSwapMs === null) losses.push(`${name} was not swapped`)
    else if (atSwapMs > usualMs) losses.push(`${name} stood still for ${atSwapMs} ms, others ${usualMs} ms`)
  }
  for (const [name, voice] of Object.entries(await person.run((page) => page.takeHeard()))) {
    if (voice.longestDoubledMs >= FADE_MAX_MS) losses.push(`${name} was heard twice`)
  }
  return losses
}

/** As a crash would. */
async function killLivekit(dataDir: string): Promise<void> {
  const record = await readLivekitRecord(join(dataDir, 'livekit.pid'))
  if (record === null) throw new Error('no LiveKit runs')
  process.kill(record.pid, 'SIGKILL')
}

describe.skipIf(!(await hasLivekit()))('with a LiveKit server, which `npm run livekit` builds', () => {
  test('a fifth person takes a mesh to the media server, which may be killed, and it comes back when they leave', async () => {
    call = await startRealCall(tinyPicture)
    const ada = await call.arrive('Ada', true)
    const staying = [ada, await call.arrive('Ben'), await call.arrive('Chloe')]
    const four = [...staying, await call.arrive('Dan')]
    await untilAllOn(four, 'mesh')
    await untilAllSeeAll(four)
    const chloe = staying[2]
    await chloe?.run((page) => page.setMuted(true))
    await forgetMeasurements(four)

    const eve = await call.arrive('Eve')
    const five = [...four, eve]
    await untilAllOn(five, 'sfu')
    await untilAllSeeAll(five)
    // LiveKit's client would have opened it.
    expect(await chloe?.run((page) => page.isToneEnabled())).toBe(false)
    await chloe?.run((page) => page.setMuted(false))
    expect(await chloe?.run((page) => page.isToneEnabled())).toBe(true)
    // Eve has come by the media server alone.
    expect(await describeLosses(ada)).toEqual(['Eve was not swapped'])

    // The backend starts it again by itself.
    await killLivekit(call.backend.dataDir)
    const killedAtMs = performance.now()
    await ada.until((page) => {
      const snapshot = page.call()
      return snapshot.kind === 'live' && snapshot.mediaServer !== 'connected'
    }, 30_000)
    await untilAllOn(five, 'sfu')
    await untilAllSeeAll(five)
    const backAfterMs = performance.now() - killedAtMs
    process.stdout.write(`Media server killed, until all five see all: ${Math.round(backAfterMs)} ms\n`)
    expect(backAfterMs).toBeLessThan(SERVER_BACK_MAX_MS)

    await forgetMeasurements(staying)
    for (const leaving of [eve, ...four.slice(3)]) await leaving.run((page) => page.leave())
    await untilAllOn(staying, 'mesh')
    await untilAllSeeAll(staying)
    expect(await describeLosses(ada)).toEqual([])
  }, 240_000)
})
