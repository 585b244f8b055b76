import { REALTIME_SUBSCRIBE_STATES, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'

/** How a subscription is. `refused`: the server denies the topic to this person. */
export type SubscriptionStatus = 'connecting' | 'joined' | 'reconnecting' | 'refused'

export interface PrivateChannelOptions {
  readonly topic: string
  /** Set when the channel takes part in presence. */
  readonly presenceKey?: string
  /** Binds the handlers; called for each new channel, before it is joined. */
  readonly bind: (channel: RealtimeChannel) => void
  readonly handleStatus: (status: SubscriptionStatus, channel: RealtimeChannel | null) => void
}

export interface PrivateChannel {
  /** The channel to send on; null unless joined. */
  joined(): RealtimeChannel | null
  close(): void
}

/** After the server itself has ended a channel (a token that ran out, a restart): open a new one this much later. */
const REOPEN_DELAYS_MS = [200, 1_000, 3_000, 5_000] as const

/**
 * Joins a private topic and stays joined. supabase-js rejoins by itself after a lost socket; what it does not do is come
 * back after the server has closed the channel, which is done here.
 */
export function openPrivateChannel(client: SupabaseClient, options: PrivateChannelOptions): PrivateChannel {
  let channel: RealtimeChannel | null = null
  let status: SubscriptionStatus = 'connecting'
  let wasJoined = false
  let isOver = false
  let closings = 0
  let reopening: ReturnType<typeof setTimeout> | undefined

  const tell = (next: SubscriptionStatus) => {
    if (isOver || (next === status && next !== 'joined')) return
    status = next
    options.handleStatus(next, next === 'joined' ? channel : null)
  }

  const refuse = () => {
    tell('refused')
    end()
  }

  const open = async () => {
    // SECURITY: a private topic is authorised by the person's token, which must be in place before the join is sent.
    await client.realtime.setAuth()
    if (isOver) return
    const current = client.channel(options.topic, {
      config: {
        private: true,
        broadcast: { self: false, ack: false },
        ...(options.presenceKey === undefined
          ? {}
          : { presence: { key: options.presenceKey, enabled: true } }),
      },
    })
    channel = current
    options.bind(current)
    current.subscribe((state, error) => {
      if (isOver || channel !== current) return
      switch (state) {
        case REALTIME_SUBSCRIBE_STATES.SUBSCRIBED:
          wasJoined = true
          closings = 0
          tell('joined')
          break
        case REALTIME_SUBSCRIBE_STATES.CHANNEL_ERROR:
          if (isRefusal(error)) refuse()
          else tell(wasJoined ? 'reconnecting' : 'connecting')
          break
        case REALTIME_SUBSCRIBE_STATES.TIMED_OUT:
          tell(wasJoined ? 'reconnecting' : 'connecting')
          break
        case REALTIME_SUBSCRIBE_STATES.CLOSED:
          tell(wasJoined ? 'reconnecting' : 'connecting')
          reopen()
          break
      }
    })
  }

  const reopen = () => {
    channel = null
    const delayMs = REOPEN_DELAYS_MS[Math.min(closings++, REOPEN_DELAYS_MS.length - 1)]
    reopening = setTimeout(() => void open(), delayMs)
  }

  const end = () => {
    if (isOver) return
    isOver = true
    clearTimeout(reopening)
    if (channel) void client.removeChannel(channel)
    channel = null
  }

  options.handleStatus('connecting', null)
  void open()
  return {
    joined: () => (status === 'joined' ? channel : null),
    close: end,
  }
}

/** Realtime denies a private topic with a reason that begins with `Unauthorized`. Exported for its tests. */
export function isRefusal(error: Error | undefined): boolean {
  return error !== undefined && /unauthorized/iu.test(error.message)
}
