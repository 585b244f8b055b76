import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createPerson } from '../../test/e2e/helpers/person.ts'
import { startByNpm } from '../../test/e2e/helpers/startByNpm.ts'
import { median, printReport } from './report.ts'

const SECOND_STARTS = 5

interface Start {
  /** From `npm start` to the heading of the lobby, or to the field for the name. */
  readonly usableMs: number
  /** What the app logged of itself: main process to lobby, and the backend's own start. */
  readonly mainToLobbyMs: number | null
  readonly backendMs: number | null
}

/** `npm start` as a person types it, until the page can be used; then Ctrl+C. */
async function measureStart(dataDir: string, name: string | null): Promise<Start> {
  const startedAtMs = performance.now()
  const npm = await startByNpm(dataDir)
  let usableMs: number
  if (name === null) {
    await npm.until('lobby shown after')
    usableMs = performance.now() - startedAtMs
  } else {
    await npm.until('window shown after')
    const page = await npm.page()
    await page.getByRole('textbox', { name: 'Your name' }).waitFor()
    usableMs = performance.now() - startedAtMs
    await createPerson(page, name).introduce()
  }
  await npm.interrupt()
  return {
    usableMs,
    mainToLobbyMs: readMs(npm.output(), /lobby shown after (\d+) ms/),
    backendMs: readMs(npm.output(), /ready in (\d+) ms/),
  }
}

function readMs(output: string, pattern: RegExp): number | null {
  const match = pattern.exec(output)
  return match === null ? null : Number(match[1])
}

const dataDir = await mkdtemp(join(tmpdir(), 'studyhall-bench-'))
const first = await measureStart(dataDir, 'Ada')
const later: Start[] = []
for (let start = 0; start < SECOND_STARTS; start += 1) later.push(await measureStart(dataDir, null))
await rm(dataDir, { recursive: true, force: true })
process.stderr.write(`${JSON.stringify([first, ...later])}\n`)
printReport({
  name: 'From `npm start` to a page that can be used',
  method: `Dependencies installed and the app built before; \`npm start\` as typed, on this machine's runtime. First: an empty data folder, until the name can be typed. Second: the same folder, until the rooms are listed; median of ${SECOND_STARTS}.`,
  figures: [
    { what: 'first start', value: first.usableMs / 1_000, unit: 's' },
    { what: 'second start', value: median(later.map((start) => start.usableMs)) / 1_000, unit: 's' },
    {
      what: 'of which main process to lobby',
      value: median(later.map((start) => start.mainToLobbyMs ?? Number.NaN)) / 1_000,
      unit: 's',
      note: 'to be at most 1.8 of our own work',
    },
    {
      what: 'of which the backend, beside it',
      value: median(later.map((start) => start.backendMs ?? Number.NaN)),
      unit: 'ms',
      note: 'to be at most 1,500',
    },
  ],
})
