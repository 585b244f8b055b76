import process from 'node:process'
import { type Caller, launchCallBrowser } from '../../test/media/callBrowser.ts'
import { hasLivekit, startRealCall } from '../../test/media/realCall.ts'
import { type Figure, median, printReport, quantile } from './report.ts'

const ROUNDS = 30
const PICTURE = { width: 640, height: 480, frameRate: 24 }
/** As the plan has it on a media server. */
const LAYERED_PICTURE = { width: 960, height: 720, frameRate: 24 }
/** Between a tile's going and its coming back, so that nothing of it is on its way any more. */
const HIDDEN_MS = 1_000
/** The media server waits for five seconds before it has a picture stopped that nobody wants. */
const STOPPED_MS = 7_000
const STOPPED_ROUNDS = 10
const SHOWN_MS = 700
const TILE = { width: 1_280, height: 960 }

async function pause(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs))
}

/** Video bytes that somebody sends in a second. */
async function measureSent(person: Caller): Promise<number> {
  const before = await person.run((page) => page.traffic())
  await pause(1_000)
  return (await person.run((page) => page.traffic())).videoBytesSent - before.videoBytesSent
}

/** Ada hides Ben's tile for a while and shows it again, over and over. */
async function measureReturns(
  ada: Caller,
  ben: Caller,
  options: { readonly rounds: number; readonly hiddenMs: number },
): Promise<{ readonly returnsMs: readonly number[]; readonly sentHidden: readonly number[] }> {
  const returnsMs: number[] = []
  const sentHidden: number[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    await ada.run((page) => page.showTile('Ben', null))
    await pause(options.hiddenMs)
    if (round < 5) sentHidden.push(await measureSent(ben))
    returnsMs.push(await ada.page.evaluate((size) => window.callPage.measureReturn('Ben', size), TILE))
    await pause(SHOWN_MS)
  }
  process.stderr.write(`${JSON.stringify(returnsMs.map(Math.round))}\n`)
  return { returnsMs, sentHidden }
}

function describeReturns(what: string, returnsMs: readonly number[]): Figure[] {
  return [
    { what: `${what}: median`, value: median(returnsMs), unit: 'ms', note: 'to be at most 300' },
    { what: `${what}: 95 of 100`, value: quantile(returnsMs, 0.95), unit: 'ms' },
    { what: `${what}: worst`, value: Math.max(...returnsMs), unit: 'ms' },
  ]
}

async function measureDirect(): Promise<Figure[]> {
  const browser = await launchCallBrowser()
  try {
    const ada = await browser.open('Ada', 'all', PICTURE)
    const ben = await browser.open('Ben', 'all', PICTURE)
    for (const person of [ada, ben]) {
      await person.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
      await person.run((page) => page.join())
    }
    await ada.until((page) => (page.frames()['Ben'] ?? 0) > 50)
    const sentShown = await measureSent(ben)
    const { returnsMs, sentHidden } = await measureReturns(ada, ben, { rounds: ROUNDS, hiddenMs: HIDDEN_MS })
    return [
      ...describeReturns('mesh', returnsMs),
      { what: 'mesh: video sent while shown', value: sentShown / 1_000, unit: 'kB', note: 'in a second' },
      {
        what: 'mesh: video sent while hidden',
        value: Math.max(...sentHidden) / 1_000,
        unit: 'kB',
        note: 'in a second, the most of five',
      },
    ]
  } finally {
    await browser.close()
  }
}

async function measureOverServer(): Promise<Figure[]> {
  const call = await startRealCall(LAYERED_PICTURE, '1 hour')
  try {
    const [ada, ben] = [await call.arrive('Ada'), await call.arrive('Ben')]
    for (const [person, other] of [
      [ada, 'Ben'],
      [ben, 'Ada'],
    ] as const) {
      await person.page.waitForFunction((name) => (window.callPage.frames()[name] ?? 0) > 5, other)
    }
    await call.moveToSfu([ada, ben])
    await ada.page.evaluate((size) => window.callPage.showTile('Ben', size), TILE)
    await pause(5_000)
    const soon = await measureReturns(ada, ben, { rounds: ROUNDS, hiddenMs: HIDDEN_MS })
    const late = await measureReturns(ada, ben, { rounds: STOPPED_ROUNDS, hiddenMs: STOPPED_MS })
    return [
      ...describeReturns('SFU', soon.returnsMs),
      ...describeReturns('SFU, after Ben has stopped encoding', late.returnsMs),
      {
        what: 'SFU: video sent once nobody looks',
        value: Math.max(...late.sentHidden) / 1_000,
        unit: 'kB',
        note: 'in a second, the most of five',
      },
    ]
  } finally {
    await call.close()
  }
}

const direct = await measureDirect()
const overServer = (await hasLivekit()) ? await measureOverServer() : []
if (overServer.length === 0)
  process.stderr.write('There is no LiveKit server; `npm run livekit` builds one.\n')
printReport({
  name: 'A tile that comes back',
  method: `Two people in one Chromium, loopback; by the viewer's own clock from saying that the tile is shown again to its first presented frame. Mesh: ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate}, media stack alone with a hub for a backend, ${ROUNDS} times after ${HIDDEN_MS / 1_000} s without it. SFU: ${LAYERED_PICTURE.width}×${LAYERED_PICTURE.height}@${LAYERED_PICTURE.frameRate} in three layers, the embedded backend and LiveKit; ${ROUNDS} times after ${HIDDEN_MS / 1_000} s, and ${STOPPED_ROUNDS} times after ${STOPPED_MS / 1_000} s, when the sender has stopped.`,
  figures: [...direct, ...overServer],
})
