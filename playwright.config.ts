import { defineConfig } from '@playwright/test'

/** The same specs on both runtimes; `test/e2e/helpers/launchApp.ts` chooses. One worker: a call of four fills two cores. */
export default defineConfig({
  testDir: 'test/e2e/specs',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
})
