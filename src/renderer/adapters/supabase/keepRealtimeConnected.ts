import type { SupabaseClient } from '@supabase/supabase-js'
import { reconnectDelayMs } from './createSupabaseClient.ts'
import { abandonSockets } from './ImpatientSocket.ts'

/** Realtime's connection, as far as it has to be helped. */
export interface RealtimeKeeper {
  /** A new connection at once: for a network that is back, or another than before. */
  reconnect(): void
  /** A new connection if this one does not answer within a second: for a network that may be another than before. */
  check(): void
  dispose(): void
}

/** A round trip of half a second, twice. */
const ANSWER_PATIENCE_MS = 1_000
/** Reconnecting that is under way may take this long before it counts as not done. */
const PATIENCE_MS = 4_000

/**
 * supabase-js reconnects by itself, except in a hidden window, where it waits to be shown again. People study in another window, and
 * whoever comes into their room meanwhile must reach them: what is closed for a while is opened from here.
 */
export function keepRealtimeConnected(client: SupabaseClient): RealtimeKeeper {
  let closedSinceMs: number | null = null
  let tries = 0
  let isAnswered = false
  let checking: ReturnType<typeof setTimeout> | undefined

  function reconnect(): void {
    const { realtime } = client
    if (realtime.getChannels().length === 0) return
    // In this order: channels hear of the end, the wait for the next try ends, and the next one begins.
    abandonSockets()
    void realtime.disconnect()
    realtime.connect()
  }

  function check(): void {
    const { realtime } = client
    if (checking !== undefined || !realtime.isConnected()) return
    isAnswered = false
    checking = setTimeout(() => {
      checking = undefined
      if (!isAnswered) reconnect()
    }, ANSWER_PATIENCE_MS)
    // With one under way, another would be taken for the end of it.
    if (realtime.pendingHeartbeatRef === null) void realtime.sendHeartbeat()
  }

  client.realtime.onHeartbeat((status) => {
    if (status === 'ok') isAnswered = true
  })

  const timer = setInterval(() => {
    const { realtime } = client
    if (realtime.getChannels().length === 0 || realtime.isConnected()) {
      closedSinceMs = null
      tries = 0
      return
    }
    const nowMs = performance.now()
    closedSinceMs ??= nowMs
    if (nowMs - closedSinceMs < PATIENCE_MS + (tries === 0 ? 0 : reconnectDelayMs(tries))) return
    closedSinceMs = nowMs
    tries += 1
    if (!realtime.isConnecting()) reconnect()
  }, 1_000)

  return {
    reconnect,
    check,
    dispose() {
      clearInterval(timer)
      clearTimeout(checking)
    },
  }
}
