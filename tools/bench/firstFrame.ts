import process from 'node:process'
import { launchCallBrowser } from '../../test/media/callBrowser.ts'
import { median, printReport } from './report.ts'

const ROUNDS = 5

/** One call of two in a fresh browser; the stages of the one who joins later, in ms from "Join now". */
async function measureRound(): Promise<Record<string, number>> {
  const browser = await launchCallBrowser()
  try {
    const ada = await browser.open('Ada')
    const ben = await browser.open('Ben')
    for (const person of [ada, ben]) {
      await person.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
    }
    await ada.run((page) => page.join())
    await ben.run((page) => page.join())
    await ben.until((page) => page.firstFrameMs() !== null)
    await ada.until((page) => page.firstFrameMs() !== null)
    const stages = await ben.run((page) => page.stages())
    return { ...stages, frame: (await ben.run((page) => page.firstFrameMs())) ?? Number.NaN }
  } finally {
    await browser.close()
  }
}

const rounds: Record<string, number>[] = []
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound())
process.stderr.write(`${JSON.stringify(rounds)}\n`)
printReport({
  name: 'First remote frame of a call of two',
  method: `From join() to the first frame wider than 2 pixels at the later joiner, 640×480@24, media stack alone on loopback with a hub for a backend; median of ${ROUNDS} fresh browsers.`,
  figures: Object.keys(rounds[0] ?? {}).map((stage) => ({
    what: stage,
    value: median(rounds.map((stages) => stages[stage] ?? Number.NaN)),
    unit: 'ms' as const,
  })),
})
