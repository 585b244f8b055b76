import type { RealtimeChannel } from '@supabase/supabase-js'

const patienceMs = 20_000

/** A message as a broadcast listener gets it. */
export type ReceivedBroadcast = Readonly<Record<string, unknown>>

/** What arrived, and a promise of what arrives next. */
export interface Inbox<T> {
  readonly received: readonly T[]
  /** The first item not yet taken, in order of arrival. */
  next(): Promise<T>
  /** The first item not yet taken that fits, dropping those before it. */
  nextWhere(fits: (item: T) => boolean): Promise<T>
}

export function createInbox<T>(name: string): Inbox<T> & { push(item: T): void } {
  const received: T[] = []
  let taken = 0
  let wake: (() => void)[] = []

  async function nextWhere(fits: (item: T) => boolean): Promise<T> {
    const deadlineMs = Date.now() + patienceMs
    for (;;) {
      while (taken < received.length) {
        const item = received.at(taken)
        taken += 1
        if (item !== undefined && fits(item)) return item
      }
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`Nothing arrived at ${name}. So far: ${JSON.stringify(received).slice(-2_000)}`))
        }, deadlineMs - Date.now())
        wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  return {
    received,
    push(item) {
      received.push(item)
      for (const resume of wake) resume()
      wake = []
    },
    next: () => nextWhere(() => true),
    nextWhere,
  }
}

/** Collects broadcasts of one event; call it before subscribing. */
export function collect(channel: RealtimeChannel, event: string): Inbox<ReceivedBroadcast> {
  const inbox = createInbox<ReceivedBroadcast>(`${channel.topic} ${event}`)
  channel.on('broadcast', { event }, (message) => {
    inbox.push(message)
  })
  return inbox
}

/** Collects `system` messages; call it before subscribing. */
export function collectSystem(channel: RealtimeChannel): Inbox<Readonly<Record<string, unknown>>> {
  const inbox = createInbox<Readonly<Record<string, unknown>>>(`${channel.topic} system`)
  channel.on('system', {}, (message: Readonly<Record<string, unknown>>) => {
    inbox.push(message)
  })
  return inbox
}

/** A change of a channel's state as `subscribe` reports it. */
export interface StatusChange {
  readonly status: string
  readonly error: string | null
}

/** Subscribes and collects every status that follows. */
export function watchStatus(channel: RealtimeChannel): Inbox<StatusChange> {
  const inbox = createInbox<StatusChange>(`${channel.topic} status`)
  channel.subscribe((status, error) => {
    inbox.push({ status, error: error?.message ?? null })
  })
  return inbox
}

/** Subscribes and waits until the server has agreed; fails with the server's reason when it does not. */
export async function subscribed(channel: RealtimeChannel): Promise<Inbox<StatusChange>> {
  const statuses = watchStatus(channel)
  const first = await statuses.next()
  if (first.status !== 'SUBSCRIBED') throw new Error(`${channel.topic}: ${first.status} ${first.error ?? ''}`)
  return statuses
}
