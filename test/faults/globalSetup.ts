import { mkdir, rm } from 'node:fs/promises'
import process from 'node:process'
import { ensureFaultTools } from '../../tools/setup/ensureFaultTools.mjs'
import { FIGURES_FILE, FIGURES_FOLDER, SKIP_REASON } from './figures.ts'

/** Says once and plainly when nothing of this can run here. */
export default async function prepare(): Promise<void> {
  await mkdir(FIGURES_FOLDER, { recursive: true })
  await rm(FIGURES_FILE, { force: true })
  const reason = await ensureFaultTools()
  if (reason === null) return
  process.env[SKIP_REASON] = reason
  console.log(`Faults are skipped: ${reason}.`)
}
