import type { ApiDependencies } from '../../dependencies.ts'
import { createGuardedPageStore } from './guardedPageStore.ts'
import { createMemoryPageStore } from './memoryPageStore.ts'
import type { PageStore, SharedPageStore } from './pageStore.ts'
import { createRedisPageStore } from './redisPageStore.ts'
import { createUpstashPageStore } from './upstashPageStore.ts'

/** A Redis stands beside the functions; Upstash is a request over the internet, if to the nearest of its regions. */
const REDIS_TIMEOUT_MS = 50
const UPSTASH_TIMEOUT_MS = 200
const LONGEST_TIMEOUT_MS = 60_000

/**
 * Where pages of the room list are kept: in the Redis of `STUDYHALL_REDIS_URL`, or at the Upstash of
 * `STUDYHALL_UPSTASH_URL` and `STUDYHALL_UPSTASH_TOKEN`, or else in memory. Redis wins where all are set.
 * `STUDYHALL_CACHE_TIMEOUT_MS` says how long an answer is waited for.
 */
export function choosePageStore(dependencies: ApiDependencies): PageStore {
  const now = dependencies.now ?? Date.now
  const memory = createMemoryPageStore(now)
  const guard = (shared: SharedPageStore, timeoutMs: number): PageStore =>
    createGuardedPageStore({
      shared,
      fallback: memory,
      timeoutMs,
      now,
      tell: (line) => console.warn(line),
    })

  const { STUDYHALL_REDIS_URL, STUDYHALL_UPSTASH_URL, STUDYHALL_UPSTASH_TOKEN, STUDYHALL_CACHE_TIMEOUT_MS } =
    dependencies.environment
  const chosenMs = readTimeoutMs(STUDYHALL_CACHE_TIMEOUT_MS)
  // Two embedded backends may have the same address, but never the same keys.
  const project = `${dependencies.supabaseUrl} ${dependencies.publishableKey}`
  if (STUDYHALL_REDIS_URL)
    return guard(createRedisPageStore(STUDYHALL_REDIS_URL, project), chosenMs ?? REDIS_TIMEOUT_MS)
  if (STUDYHALL_UPSTASH_URL && STUDYHALL_UPSTASH_TOKEN) {
    const timeoutMs = chosenMs ?? UPSTASH_TIMEOUT_MS
    return guard(
      createUpstashPageStore(STUDYHALL_UPSTASH_URL, STUDYHALL_UPSTASH_TOKEN, project, timeoutMs),
      timeoutMs,
    )
  }
  return memory
}

/** Null where there is none, or no number of milliseconds from 1 to a minute. */
function readTimeoutMs(text: string | undefined): number | null {
  const timeoutMs = /^\d+$/.test(text ?? '') ? Number(text) : 0
  return timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS ? timeoutMs : null
}
