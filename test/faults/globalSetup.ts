import { mkdir, rm } from 'node:fs/promises'
import process from 'node:process'
import { ensureFaultTools } from '../../tools/setup/ensureFaultTools.mjs'
import { FIGURES_FILE, FIGURES_FOLDER, SKIP_REASON } from './figures.ts'
import { TIME_LIMIT_MS } from './limits.ts'

/** Says once and plainly when nothing of this can run here, and at the end how long it took. */
export default async function prepare(): Promise<() => void> {
  const startedAtMs = performance.now()
  const sayDuration = (): void => {
    const [took, limit] = [performance.now() - startedAtMs, TIME_LIMIT_MS].map((ms) =>
      (ms / 60_000).toFixed(1),
    )
    console.log(`Faults took ${took} min; they may take ${limit}.`)
  }
  await mkdir(FIGURES_FOLDER, { recursive: true })
  await rm(FIGURES_FILE, { force: true })
  const reason = await ensureFaultTools()
  if (reason === null) return sayDuration
  process.env[SKIP_REASON] = reason
  console.log(`Faults are skipped: ${reason}.`)
  return sayDuration
}
