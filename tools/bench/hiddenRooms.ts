/**
 * Whether the time that a refusal takes tells a room that one may not know of from one that there is not:
 * `node tools/bench/hiddenRooms.ts [requests of each kind] [bcrypt's cost] [name of one group]`.
 */
import process from 'node:process'
import postgres from 'postgres'
import { startTestBackend } from '../../test/support/backend.ts'
import { createHiddenRoomProbes, type Probe } from './hiddenRoomProbes.ts'
import {
  FAMILY_ERROR_RATE,
  findTellingTimings,
  SMALLEST_EFFECT,
  type TimingComparison,
} from './judgeTimings.ts'
import { mannWhitney } from './mannWhitney.ts'
import { median, printReport, quantile, type Figure } from './report.ts'

const RUNS = Number(process.argv[2] ?? 1_000)
/** Binary logarithm of bcrypt's rounds: 10 in earnest; with less, hashing hides less of what else may differ. */
const BCRYPT_COST = Number(process.argv[3] ?? 10)
/** Null for all of them. */
const ONLY_PROBE = process.argv[4] ?? null

/** The order of a turn: another one each time, so that nothing always follows the same. */
function shuffle<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ value }) => value)
}

interface MeasuredCase {
  readonly probe: string
  readonly name: string
  readonly timesMs: readonly number[]
  /** Beside the first of its group; null for that one itself. */
  readonly comparison: TimingComparison | null
}

/** @throws where the answers of a group differ by a byte */
async function measure(probe: Probe): Promise<readonly MeasuredCase[]> {
  const timesMs = new Map(Object.keys(probe.cases).map((name) => [name, [] as number[]]))
  const answers = new Set<string>()
  for (let run = 0; run < RUNS; run++) {
    for (const [name, ask] of shuffle(Object.entries(probe.cases))) {
      const startMs = performance.now()
      const answer = await ask()
      timesMs.get(name)?.push(performance.now() - startMs)
      answers.add(JSON.stringify(answer))
    }
  }
  if (answers.size !== 1) throw new Error(`${probe.name}: the answers differ: ${[...answers].join(' ')}`)
  const [reference = []] = timesMs.values()
  return [...timesMs].map(([name, times], index): MeasuredCase => {
    const what = `${probe.name}: ${name}`
    const comparison = index === 0 ? null : { what, ...mannWhitney(times, reference) }
    return { probe: probe.name, name, timesMs: times, comparison }
  })
}

const percentiles = (times: readonly number[]): string =>
  [0.5, 0.95, 0.99].map((ratio) => quantile(times, ratio).toPrecision(3)).join(', ')

function figuresOf({ probe, name, timesMs, comparison }: MeasuredCase): readonly Figure[] {
  const what = `${probe}: ${name}`
  const figure: Figure = {
    what,
    value: median(timesMs),
    unit: 'ms',
    note: `p50, p95, p99: ${percentiles(timesMs)}`,
  }
  if (comparison === null) return [figure]
  const { probabilityOfSuperiority, pValue } = comparison
  return [
    figure,
    {
      what: `${what}: slower than nothing at all`,
      value: probabilityOfSuperiority,
      unit: 'ratio',
      note: `of pairs; p = ${pValue.toFixed(3)}`,
    },
  ]
}

/** The table of docs/benchmarks.md: groups of two take a line, larger ones a line for each case. */
function tableOf(cases: readonly MeasuredCase[]): string {
  const rows = cases.flatMap(({ probe, name, timesMs, comparison }): string[] => {
    const isPair = cases.filter((other) => other.probe === probe).length === 2
    if (isPair && comparison === null) return []
    const figures = comparison && [
      comparison.probabilityOfSuperiority.toFixed(3),
      comparison.pValue.toFixed(2),
    ]
    const what = isPair ? `${probe}, ${name}` : `${probe}: ${name}`
    return [`| ${[what, `${percentiles(timesMs)} ms`, ...(figures ?? ['', ''])].join(' | ')} |`]
  })
  return ['| What | p50, p95, p99 | Slower | p |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const backend = await startTestBackend()
const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
try {
  const { probes, close } = await createHiddenRoomProbes(backend, sql, BCRYPT_COST)
  const cases: MeasuredCase[] = []
  const wanted = probes.filter(({ name }) => ONLY_PROBE === null || name === ONLY_PROBE)
  if (wanted.length === 0) throw new Error(`There is no group ${ONLY_PROBE}.`)
  for (const probe of wanted) {
    const measured = await measure(probe)
    process.stderr.write(
      `${measured.map(({ name, timesMs }) => `${probe.name}, ${name}: ${percentiles(timesMs)}`).join('; ')}\n`,
    )
    cases.push(...measured)
  }
  close()
  printReport({
    name: 'Refusals of rooms that a person may not know of',
    method:
      `Over HTTP to the embedded backend, one after the other, in a new order each turn; ${RUNS} of each, bcrypt at cost ${BCRYPT_COST}. Beside each case, how ` +
      'often it is slower than the first of its group, pair by pair (0.5: not to be told apart), and the two-sided p of Mann ' +
      'and Whitney’s test. All answers of a group have the same bytes.',
    figures: cases.flatMap(figuresOf),
  })
  process.stdout.write(`\n${tableOf(cases)}\n`)
  const comparisons = cases.flatMap(({ comparison }) => (comparison === null ? [] : [comparison]))
  const telling = findTellingTimings(comparisons)
  process.stderr.write(
    telling.length === 0
      ? `None of ${comparisons.length} comparisons tells anything (family error rate ${FAMILY_ERROR_RATE}, effect ${SMALLEST_EFFECT}).\n`
      : telling
          .map((one) => `TELLS APART: ${one.what}, ${one.probabilityOfSuperiority.toFixed(3)}\n`)
          .join(''),
  )
  if (telling.length > 0) process.exitCode = 1
} finally {
  await sql.end()
  await backend.stop()
}
