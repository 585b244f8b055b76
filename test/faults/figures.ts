import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The environment variable that tells workers why nothing can run here. */
export const SKIP_REASON = 'STUDYHALL_FAULTS_SKIP_REASON'

export const FIGURES_FOLDER = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  '.cache',
  'studyhall-test',
)
/** One line of JSON for each figure of the latest run. */
export const FIGURES_FILE = join(FIGURES_FOLDER, 'faults.jsonl')

/** Says what was measured and writes it down for whoever fills the benchmarks' table. */
export async function report(
  fault: string,
  figures: Readonly<Record<string, number | string>>,
): Promise<void> {
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
    ]),
  )
  console.log(`${fault}: ${JSON.stringify(rounded)}`)
  await appendFile(FIGURES_FILE, `${JSON.stringify({ fault, ...rounded })}\n`)
}
