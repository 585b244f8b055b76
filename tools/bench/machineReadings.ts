/**
 * What it costs to measure the computer: `node tools/bench/machineReadings.ts`. Linux only.
 *
 * Method: the app on the Chromium runtime with its lobby open and nothing to do; by turns of 30 s a page has the computer
 * measured, at the pace of a call and with every figure sent to it, and has not. CPU time of the main process is read from
 * `/proc/<pid>/stat` with that of the programs it has run meanwhile, and of Chromium's processes. In Electron the app's own
 * load is read by Chromium itself, and events take a shorter way to the page.
 */
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuTemperature } from 'systeminformation'
import { launchApp } from '../../test/e2e/helpers/launchApp.ts'
import { createPerson } from '../../test/e2e/helpers/person.ts'
import { readProcessUsage } from './processUsage.ts'
import { printReport } from './report.ts'

const ROUNDS = 4
const TURN_MS = 30_000
const SETTLE_MS = 5_000
const TEMPERATURE_READS = 20
/** See proc(5). */
const TICK_MS = 10

/** CPU time of a process and of the programs that it has run and that have ended, in milliseconds. */
async function readCpuMs(pid: number | 'self'): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // utime, stime, cutime, cstime.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0)
}

async function measureTemperature(): Promise<number> {
  await cpuTemperature()
  const beforeMs = await readCpuMs('self')
  for (let read = 0; read < TEMPERATURE_READS; read += 1) await cpuTemperature()
  return ((await readCpuMs('self')) - beforeMs) / TEMPERATURE_READS
}

const temperatureMs = await measureTemperature()
const app = await launchApp()
const used = { idle: { main: 0, browser: 0 }, measuring: { main: 0, browser: 0 } }
let heard = 0
try {
  const { pid } = app.process
  if (pid === undefined) throw new Error('the app has no process')
  await createPerson(app.page, 'Ada').introduce()
  await app.page.evaluate(
    'window.heard = 0; window.desktop.machine.onMeasured(() => { window.heard += 1 }); 0',
  )
  // What starts up does not count.
  await sleep(10_000)
  for (let round = 0; round < ROUNDS; round += 1)
    for (const turn of ['idle', 'measuring'] as const) {
      await app.page.evaluate(`window.desktop.machine.${turn === 'measuring' ? 'watch' : 'unwatch'}()`)
      await sleep(SETTLE_MS)
      const before = { main: await readCpuMs(pid), browser: (await readProcessUsage([pid])).browser.cpuMs }
      await sleep(TURN_MS)
      used[turn].main += (await readCpuMs(pid)) - before.main
      used[turn].browser += (await readProcessUsage([pid])).browser.cpuMs - before.browser
    }
  heard = Number(await app.page.evaluate('window.heard'))
} finally {
  await app.close()
}

const percent = (cpuMs: number): number => (cpuMs / (ROUNDS * TURN_MS)) * 100
const unit = 'percent of a core' as const
process.stderr.write(`${JSON.stringify({ used, heard })}\n`)
printReport({
  name: 'What it costs to measure the computer',
  method: `The app with its lobby open, ${ROUNDS} turns of ${TURN_MS / 1_000} s with and without measuring every 2 s; ${heard} figures reached the page.`,
  figures: [
    { what: 'main process, idle', value: percent(used.idle.main), unit },
    { what: 'main process, measuring', value: percent(used.measuring.main), unit },
    {
      what: 'measuring alone',
      value: percent(used.measuring.main - used.idle.main),
      unit,
      note: 'to be at most 0.5',
    },
    { what: 'Chromium, idle', value: percent(used.idle.browser), unit },
    { what: 'Chromium, measuring', value: percent(used.measuring.browser), unit },
    {
      what: 'one reading of the temperature, its programs included',
      value: temperatureMs,
      unit: 'ms',
      note: 'once a minute, where there is a sensor',
    },
  ],
})
