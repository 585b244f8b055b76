import process from 'node:process'

/** One figure. `value` is in the unit that `unit` names; `note` says what it is compared with, if anything. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'ratio' | 'percent of a core' | 'MB' | 'kB' | 'per second' | 'count' | 'kbit/s'
  readonly note?: string
}

/** The outcome of a benchmark. `method` is enough for somebody else to repeat it. */
export interface BenchReport {
  readonly name: string
  readonly method: string
  readonly figures: readonly Figure[]
}

/** The `ratio`-quantile (0 to 1) by the nearest rank; NaN for an empty list. */
export function quantile(values: readonly number[], ratio: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  const rank = Math.max(1, Math.ceil(ratio * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Prints the report as a table for people and as one JSON line for machines. */
export function printReport(report: BenchReport): void {
  const rows = report.figures.map((figure) => ({
    what: figure.what,
    value: `${round(figure.value)} ${figure.unit}`,
    note: figure.note ?? '',
  }))
  const widthOf = (key: 'what' | 'value'): number => Math.max(...rows.map((row) => row[key].length))
  const [whatWidth, valueWidth] = [widthOf('what'), widthOf('value')]
  process.stdout.write(`\n${report.name}\n${report.method}\n`)
  for (const row of rows) {
    process.stdout.write(
      `  ${row.what.padEnd(whatWidth)}  ${row.value.padStart(valueWidth)}  ${row.note}`.trimEnd() + '\n',
    )
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

function round(value: number): number {
  if (!Number.isFinite(value)) return value
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
