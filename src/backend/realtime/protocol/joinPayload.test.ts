import { describe, expect, test } from 'vitest'
import { parseJoinPayload } from './joinPayload.ts'

describe('a join payload', () => {
  test('of the official client is read whole', () => {
    expect(
      parseJoinPayload({
        config: {
          broadcast: { ack: true, self: true, replay: { since: 5, limit: 2 }, replication_ready: true },
          presence: { key: 'ana', enabled: true },
          postgres_changes: [{ event: '*', schema: 'public' }, null],
          private: true,
          postgres_changes_options: { wait: true },
        },
        access_token: 'token',
        version: 'realtime-js/2',
      }),
    ).toEqual({
      isPrivate: true,
      broadcast: { ack: true, self: true, replicationReady: true, replay: { since: 5, limit: 2 } },
      presence: { enabled: true, key: 'ana' },
      changes: [{ event: '*', schema: 'public' }],
      waitForChanges: true,
      accessToken: 'token',
    })
  })

  test.each([
    null,
    'text',
    [],
    {},
    { config: 'text' },
    { config: { broadcast: 1, presence: [], private: 2 } },
  ])('of the shape %j asks for nothing', (payload) => {
    expect(parseJoinPayload(payload)).toEqual({
      isPrivate: false,
      broadcast: { ack: false, self: false, replicationReady: false, replay: null },
      presence: { enabled: false, key: null },
      changes: [],
      waitForChanges: false,
      accessToken: null,
    })
  })

  test('takes booleans as text and keys as numbers, as Supabase does', () => {
    const request = parseJoinPayload({ config: { private: 'True', presence: { key: 7 } } })
    expect(request).toMatchObject({ isPrivate: true, presence: { key: '7' } })
  })
})
