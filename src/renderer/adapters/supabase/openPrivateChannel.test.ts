import { REALTIME_SUBSCRIBE_STATES as States, type SupabaseClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isRefusal, openPrivateChannel, type SubscriptionStatus } from './openPrivateChannel.ts'

type Callback = (state: States, error?: Error) => void

/** As much of supabase-js as a subscription uses; each opened channel hands out its callback. */
function fakeClient() {
  const opened: { readonly topic: string; readonly config: unknown; tell: Callback }[] = []
  const calls: string[] = []
  const client = {
    realtime: {
      setAuth: () => {
        calls.push('setAuth')
        return Promise.resolve()
      },
    },
    channel: (topic: string, { config }: { config: unknown }) => {
      calls.push('channel')
      const entry = { topic, config, tell: (() => undefined) as Callback }
      opened.push(entry)
      return {
        subscribe: (callback: Callback) => {
          entry.tell = callback
        },
      }
    },
    removeChannel: () => {
      calls.push('removeChannel')
      return Promise.resolve('ok')
    },
  }
  // Only what is listed above is ever reached.
  return { client: client as unknown as SupabaseClient, opened, calls }
}

describe('a private channel', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  async function openOne() {
    const fake = fakeClient()
    const told: SubscriptionStatus[] = []
    const channel = openPrivateChannel(fake.client, {
      topic: 'room:1',
      presenceKey: 'me',
      bind: () => undefined,
      handleStatus: (status) => told.push(status),
    })
    await vi.advanceTimersByTimeAsync(0)
    return { ...fake, told, channel }
  }

  test('has the token in place before it joins, privately and without echo', async () => {
    const { calls, opened } = await openOne()
    expect(calls).toEqual(['setAuth', 'channel'])
    expect(opened[0]?.config).toEqual({
      private: true,
      broadcast: { self: false, ack: false },
      presence: { key: 'me', enabled: true },
    })
  })

  test('tells reconnecting and joined again when the socket was lost; nothing can be sent meanwhile', async () => {
    const { opened, told, channel } = await openOne()
    opened[0]?.tell(States.SUBSCRIBED)
    expect(channel.joined()).not.toBeNull()
    opened[0]?.tell(States.CHANNEL_ERROR, new Error('socket closed: 1006'))
    expect(channel.joined()).toBeNull()
    opened[0]?.tell(States.CHANNEL_ERROR, new Error('socket closed: 1006'))
    opened[0]?.tell(States.SUBSCRIBED)
    expect(told).toEqual(['connecting', 'joined', 'reconnecting', 'joined'])
  })

  test('opens a new channel after the server has closed it', async () => {
    const { opened, told } = await openOne()
    opened[0]?.tell(States.SUBSCRIBED)
    opened[0]?.tell(States.CLOSED)
    await vi.advanceTimersByTimeAsync(200)
    expect(opened).toHaveLength(2)
    opened[1]?.tell(States.SUBSCRIBED)
    expect(told).toEqual(['connecting', 'joined', 'reconnecting', 'joined'])
  })

  test('a denied topic is refused for good', async () => {
    const { opened, told, calls } = await openOne()
    opened[0]?.tell(
      States.CHANNEL_ERROR,
      new Error('Unauthorized: You do not have permissions to read from this Channel topic: room:1'),
    )
    opened[0]?.tell(States.CLOSED)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['connecting', 'refused'])
    expect(opened).toHaveLength(1)
    expect(calls).toContain('removeChannel')
  })

  test('a closed subscription is silent and does not come back', async () => {
    const { opened, told, channel } = await openOne()
    opened[0]?.tell(States.SUBSCRIBED)
    channel.close()
    opened[0]?.tell(States.CLOSED)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['connecting', 'joined'])
    expect(opened).toHaveLength(1)
  })
})

test.each([
  ['Unauthorized: You do not have permissions to read from this Channel topic: room:1', true],
  ['socket closed: 1006', false],
  ['ChannelRateLimitReached: Too many channels', false],
])('"%s" is a refusal: %s', (message, expected) => {
  expect(isRefusal(new Error(message))).toBe(expected)
})
