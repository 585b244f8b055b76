import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { startLivekitBuild } from './startLivekitBuild.ts'
import { planSteps } from './steps.ts'
import type { Step } from './steps.ts'
import {
  addTotals,
  noTotals,
  settleTotals,
  totalsFromClosingLine,
  totalsFromExitCode,
  totalsFromPlaywright,
  totalsFromVitest,
} from './totals.ts'
import type { Totals } from './totals.ts'

interface StepOutcome {
  readonly step: Step
  readonly totals: Totals
  readonly output: string
}

const REPORT_FOLDER = 'node_modules/.cache/studyhall-test'

/** Runs one step to its end. Long steps stream what they print; short ones print only when they fail. */
async function runStep(step: Step, streams: boolean): Promise<StepOutcome> {
  const startedAtMs = performance.now()
  const [program = '', ...args] = step.command
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...step.environment },
  })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString()
    if (streams) process.stdout.write(chunk)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`
      resolve(127)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
  const totals = settleTotals(await readTotals(step, exitCode, output), exitCode)
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
  const mark = totals.failed === 0 ? 'ok  ' : 'FAIL'
  console.log(
    `${mark} ${step.name}: ${totals.passed} passed, ${totals.failed} failed${skipped} (${seconds} s)`,
  )
  if (totals.failed > 0 && !streams) console.log(output.trimEnd())
  return { step, totals, output }
}

async function readTotals(step: Step, exitCode: number, output: string): Promise<Totals | null> {
  switch (step.totals.kind) {
    case 'exitCode':
      return totalsFromExitCode(exitCode)
    case 'closingLine':
      return totalsFromClosingLine(output)
    case 'vitest':
      return totalsFromVitest(await readJson(step.totals.path))
    case 'playwright':
      return totalsFromPlaywright(await readJson(step.totals.path))
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

/** Two at a time: there are machines with two cores, and the type checks alone would fill eight. */
async function runBeside(steps: readonly Step[], streams: boolean): Promise<readonly StepOutcome[]> {
  const waiting = [...steps]
  const outcomes: StepOutcome[] = []
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      outcomes.push(await runStep(step, streams))
    }
  }
  await Promise.all(streams ? [work()] : [work(), work()])
  return outcomes
}

/** Without a LiveKit server the tests with it are skipped, and say why. */
async function awaitLivekit(build: Promise<string | null> | null): Promise<void> {
  const whyNot = (await build) ?? null
  if (whyNot === null) return
  console.log(`The tests with LiveKit will be skipped. ${whyNot}`)
  process.env['STUDYHALL_TEST_WITHOUT_LIVEKIT'] = whyNot.split('\n').at(-1)
}

/** `node tools/test/runAll.ts [group …]`: runs all steps, or those of the named groups. */
async function main(): Promise<void> {
  const wanted = new Set(process.argv.slice(2))
  await rm(REPORT_FOLDER, { recursive: true, force: true })
  await mkdir(REPORT_FOLDER, { recursive: true })
  const steps = planSteps(REPORT_FOLDER).filter((step) =>
    wanted.size === 0 ? step.isOptional !== true : wanted.has(step.group),
  )
  if (steps.length === 0) {
    console.error(
      `No such group: ${[...wanted].join(', ')}. There are static, unit, build, database, servers, e2e, electron, faults and allFaults.`,
    )
    process.exitCode = 2
    return
  }
  const outcomes: StepOutcome[] = []
  const groups = new Set(steps.map((step) => step.group))
  // Minutes of compiling the first time, beside what needs no server; nothing afterwards.
  const needsLivekit = (group: Step['group']): boolean => group === 'servers' || group === 'allFaults'
  const livekitBuild = [...groups].some(needsLivekit) ? startLivekitBuild(process.env) : null
  for (const group of groups) {
    if (needsLivekit(group)) await awaitLivekit(livekitBuild)
    const streams = !['static', 'unit', 'build'].includes(group)
    outcomes.push(
      ...(await runBeside(
        steps.filter((step) => step.group === group),
        streams,
      )),
    )
  }
  const sum = outcomes.reduce((total, outcome) => addTotals(total, outcome.totals), noTotals)
  const failing = outcomes.filter((outcome) => outcome.totals.failed > 0).map((outcome) => outcome.step.name)
  console.log('')
  if (failing.length > 0) console.log(`Failing: ${failing.join(', ')}`)
  if (sum.skipped > 0) console.log(`${sum.skipped} skipped; each says why above`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
}

await main()
