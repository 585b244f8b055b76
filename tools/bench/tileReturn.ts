import process from 'node:process'
import { type Caller, launchCallBrowser } from '../../test/media/callBrowser.ts'
import { median, printReport, quantile } from './report.ts'

const ROUNDS = 30
const PICTURE = { width: 640, height: 480, frameRate: 24 }
/** Between a tile's going and its coming back, so that nothing of it is on its way any more. */
const HIDDEN_MS = 1_000
const SHOWN_MS = 700

async function pause(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs))
}

/** Video bytes that somebody sends in a second. */
async function measureSent(person: Caller): Promise<number> {
  const before = await person.run((page) => page.traffic())
  await pause(1_000)
  return (await person.run((page) => page.traffic())).videoBytesSent - before.videoBytesSent
}

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
  const returnsMs: number[] = []
  const sentHidden: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await ada.run((page) => page.showTile('Ben', null))
    await pause(HIDDEN_MS)
    if (round < 5) sentHidden.push(await measureSent(ben))
    returnsMs.push(await ada.run((page) => page.measureReturn('Ben', { width: 1_280, height: 960 })))
    await pause(SHOWN_MS)
  }
  process.stderr.write(`${JSON.stringify(returnsMs.map(Math.round))}\n`)
  printReport({
    name: 'A tile that comes back',
    method: `Two people in one Chromium, ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate}, media stack alone on loopback with a hub for a backend; by the viewer's own clock from saying that the tile is shown again, after ${HIDDEN_MS / 1_000} s without it, to its first presented frame; ${ROUNDS} times.`,
    figures: [
      { what: 'median', value: median(returnsMs), unit: 'ms', note: 'to be at most 300' },
      { what: '95 of 100', value: quantile(returnsMs, 0.95), unit: 'ms' },
      { what: 'worst', value: Math.max(...returnsMs), unit: 'ms' },
      { what: 'video sent while shown', value: sentShown / 1_000, unit: 'kB', note: 'in a second' },
      {
        what: 'video sent while hidden',
        value: Math.max(...sentHidden) / 1_000,
        unit: 'kB',
        note: 'in a second, the most of five',
      },
    ],
  })
} finally {
  await browser.close()
}
