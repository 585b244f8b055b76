import { defineConfig } from 'vitest/config'

const sources = ['src/**', 'supabase/**', 'tools/**', 'test/**']

/** Two projects: `unit` needs nothing but Node; `integration` starts real servers and browsers, one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: sources.flatMap((folder) => [`${folder}/*.test.ts`, `${folder}/*.test.tsx`]),
          exclude: ['**/*.integration.test.ts', '**/node_modules/**', 'out/**'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/*.integration.test.ts`),
          exclude: ['**/node_modules/**', 'out/**'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
})
