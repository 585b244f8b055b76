import type { SharedPageStore } from './pageStore.ts'
import { createSharedPages } from './sharedPages.ts'
import type { RedisCommands } from './sharedPages.ts'

/** A request that nobody waits for any more is ended; a try of a store that was away may take so long. */
const SHORTEST_REQUEST_TIMEOUT_MS = 3_000

async function createCommands(url: string, token: string, timeoutMs: number): Promise<RedisCommands> {
  // Loaded only where it is used.
  const { Redis } = await import('@upstash/redis')
  const redis = new Redis({
    url,
    token,
    enableTelemetry: false,
    automaticDeserialization: false,
    retry: false,
    signal: () => AbortSignal.timeout(Math.max(timeoutMs, SHORTEST_REQUEST_TIMEOUT_MS)),
  })
  return {
    run: (script, key, argument) => redis.eval<[string]>(script, [key], [argument]),
    set: (key, text, lifeMs) => redis.set(key, text, { px: lifeMs }),
    increment: (key, lifeMs) => redis.multi().incr(key).pexpire(key, lifeMs).exec(),
  }
}

/**
 * Keeps pages at Upstash, by its REST address and token: for where no lasting connection can be held.
 * @param timeoutMs how long an answer is waited for
 */
export function createUpstashPageStore(
  url: string,
  token: string,
  project: string,
  timeoutMs: number,
): SharedPageStore {
  let commands: Promise<RedisCommands> | null = null
  return {
    ...createSharedPages(() => (commands ??= createCommands(url, token, timeoutMs)), project),
    // Every request stands for itself.
    disconnect: () => {},
  }
}
