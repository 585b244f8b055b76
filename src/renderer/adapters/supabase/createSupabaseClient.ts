import { createClient, type SupabaseClient, type SupportedStorage } from '@supabase/supabase-js'
import { isLoopbackHostname } from '../../../shared/backend/transportSecurity.ts'
import type { SessionStorage } from '../../core/ports/desktop.ts'
import { ImpatientSocket } from './ImpatientSocket.ts'
import { timeByOwnClock } from './timeByOwnClock.ts'

/**
 * A heartbeat every 4 s: one that was not answered when the next is due ends the socket, so that a half-open one is noticed
 * within 8 s. Heartbeats are not counted as messages by hosted Realtime.
 */
const HEARTBEAT_INTERVAL_MS = 4_000
/**
 * Until the last of them, a backend that is back is found within 3 s; whoever waited longer than that is found within 6. Tries
 * are not free: Chromium makes a new socket wait for up to 5 s after about 14 that failed in the last minutes
 * (`WebSocketPerProcessThrottler::CalculateDelay`), the one that would work as well.
 */
const RECONNECT_DELAYS_MS = [250, 500, 1_000, 2_000] as const
const LONG_OUTAGE_TRIES = 10
const LONG_OUTAGE_DELAY_MS = 4_000
/** Without a network no try can succeed, and one that is back says so. This is for a browser that is mistaken. */
const CUT_OFF_DELAY_MS = 10_000

/** Where a Supabase project is, and under which name this one's session is kept. */
export interface SupabaseAddress {
  readonly url: string
  readonly publishableKey: string
  readonly storageKey: string
}

/** supabase-js over the encrypted session storage, refreshing tokens by itself. */
export function createSupabaseClient(address: SupabaseAddress, session: SessionStorage): SupabaseClient {
  return createClient(address.url, address.publishableKey, {
    auth: {
      storageKey: address.storageKey,
      storage: remember(session),
      persistSession: true,
      autoRefreshToken: true,
      detectSessionInUrl: false,
    },
    global: { fetch: timeByOwnClock(address.url, (input, init) => fetch(input, init)) },
    realtime: {
      heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
      reconnectAfterMs: (tries) => reconnectDelayMs(tries, isCutOff(address.url)),
      transport: ImpatientSocket,
      timeout: 5_000,
    },
  })
}

/**
 * supabase-js reads its session before every request and with every heartbeat. Nobody else writes these entries, so that
 * asking the main process once, and decrypting once, is enough.
 */
export function remember(session: SessionStorage): SupportedStorage {
  const known = new Map<string, string | null>()
  return {
    async getItem(key) {
      const before = known.get(key)
      if (before !== undefined) return before
      const loaded = await session.load(key)
      // A value that was saved meanwhile is the newer one.
      if (!known.has(key)) known.set(key, loaded)
      return known.get(key) ?? null
    },
    async setItem(key, value) {
      known.set(key, value)
      await session.save(key, value)
    },
    async removeItem(key) {
      known.set(key, null)
      await session.clear(key)
    },
  }
}

/** Whether the browser knows of no network to reach `url` by. A backend on this computer needs none; Node knows nothing of it. */
export function isCutOff(url: string): boolean {
  return 'onLine' in navigator && !navigator.onLine && !isLoopbackHostname(new URL(url).hostname)
}

/** Up to half more at random, so that people who lost the backend together do not all come back in the same moment. */
export function reconnectDelayMs(tries: number, isWithoutNetwork: boolean): number {
  const base =
    tries > LONG_OUTAGE_TRIES
      ? LONG_OUTAGE_DELAY_MS
      : (RECONNECT_DELAYS_MS[Math.min(tries, RECONNECT_DELAYS_MS.length) - 1] ?? 250)
  return (isWithoutNetwork ? CUT_OFF_DELAY_MS : base) * (1 + Math.random() / 2)
}
