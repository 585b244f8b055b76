import process from 'node:process'

/** How long a computer sleeps. `FAULT_SLEEP_SECONDS=600,3600` for whoever has the time; all limits grow by what is more than usual. */
export const ASLEEP_SECONDS: readonly number[] = (process.env['FAULT_SLEEP_SECONDS'] ?? '15,75')
  .split(',')
  .map(Number)

const USUALLY_ASLEEP_SECONDS = 90

/** What the test with the sleeping computer may take besides. */
export const EXTRA_SLEEP_MS = Math.max(
  0,
  (ASLEEP_SECONDS.reduce((sum, seconds) => sum + seconds, 0) - USUALLY_ASLEEP_SECONDS) * 1_000,
)

/** All of the suite. */
export const TIME_LIMIT_MS = 15 * 60_000 + EXTRA_SLEEP_MS
