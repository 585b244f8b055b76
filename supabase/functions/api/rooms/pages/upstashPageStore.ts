import type { SharedPageStore } from './pageStore.ts'
import { createSharedPages } from './sharedPages.ts'
import type { RedisCommands } from './sharedPages.ts'

/** A request that nobody waits for any more is ended. */
const REQUEST_TIMEOUT_MS = 1_000

async function createCommands(url: string, token: string): Promise<RedisCommands> {
  // Loaded only where it is used.
  const { Redis } = await import('@upstash/redis')
  const redis = new Redis({
    url,
    token,
    enableTelemetry: false,
    automaticDeserialization: false,
    retry: false,
    signal: () => AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  })
  return {
    run: (script, key, argument) => redis.eval<[string]>(script, [key], [argument]),
    set: (key, text, lifeMs) => redis.set(key, text, { px: lifeMs }),
    increment: (key, lifeMs) => redis.multi().incr(key).pexpire(key, lifeMs).exec(),
  }
}

/** Keeps pages at Upstash, by its REST address and token: for where no lasting connection can be held. */
export function createUpstashPageStore(url: string, token: string, project: string): SharedPageStore {
  let commands: Promise<RedisCommands> | null = null
  return {
    ...createSharedPages(() => (commands ??= createCommands(url, token)), project),
    // Every request stands for itself.
    disconnect: () => {},
  }
}
