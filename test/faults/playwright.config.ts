import { defineConfig } from '@playwright/test'
import { TIME_LIMIT_MS } from './limits.ts'

/** The fault suite. One worker: the people, the backend and the network of a worker serve all its tests. */
export default defineConfig({
  testDir: 'specs',
  outputDir: '../../test-results/faults',
  globalSetup: './globalSetup.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  globalTimeout: TIME_LIMIT_MS,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
})
