import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createIceServers, TURN_CREDENTIAL_LIFETIME_S } from './iceServers.ts'

describe('the ICE servers', () => {
  test('are none where none are configured', async () => {
    expect(await createIceServers({}, 'ada', 0)).toEqual([])
  })

  test('are the STUN servers, without credentials', async () => {
    expect(await createIceServers({ STUDYHALL_STUN_URLS: ' stun:one , stun:two,' }, 'ada', 0)).toEqual([
      { urls: ['stun:one', 'stun:two'] },
    ])
  })

  test('are the TURN servers with credentials that expire, as coturn computes them', async () => {
    const environment = { STUDYHALL_TURN_URLS: 'turn:t,turns:t', STUDYHALL_TURN_SECRET: 'secret' }
    const username = `${1_000 + TURN_CREDENTIAL_LIFETIME_S}:ada`
    expect(await createIceServers(environment, 'ada', 1_000_999)).toEqual([
      {
        urls: ['turn:t', 'turns:t'],
        username,
        credential: createHmac('sha1', 'secret').update(username).digest('base64'),
      },
    ])
  })

  test('TURN without its secret is left out', async () => {
    expect(await createIceServers({ STUDYHALL_TURN_URLS: 'turn:t' }, 'ada', 0)).toEqual([])
  })
})
