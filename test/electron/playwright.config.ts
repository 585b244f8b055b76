import { defineConfig } from '@playwright/test'
import { findElectron } from '../../tools/setup/ensureElectron.mjs'

// Said once, beside what the report counts as skipped.
if (findElectron() === null && process.env['TEST_WORKER_INDEX'] === undefined) {
  console.log('Skipped: Electron’s runtime is not here (npx install-electron fetches it).')
}

/** What only Electron itself shows. One worker: the system has one set of global shortcuts. */
export default defineConfig({
  testDir: 'specs',
  outputDir: '../../test-results/electron',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
})
