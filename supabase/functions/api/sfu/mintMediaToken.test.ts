import { TokenVerifier } from 'livekit-server-sdk'
import { describe, expect, test } from 'vitest'
import { MEDIA_TOKEN_LIFETIME_S, mintMediaToken, readSfuConfig } from './mintMediaToken.ts'
import type { MediaGrant } from './mintMediaToken.ts'

const config = { url: 'wss://media.test', key: 'key', secret: 'a secret of at least thirty-two characters' }
const grant: MediaGrant = {
  roomName: 'room',
  identity: 'connection',
  userId: '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10',
  displayName: 'Ada',
  canPublishSources: ['microphone', 'screen_share'],
}

describe('a media token', () => {
  test('grants exactly what it should, for ten minutes', async () => {
    const beforeS = Math.floor(Date.now() / 1000)
    const { url, token, expiresAt } = await mintMediaToken(config, grant)
    expect(url).toBe('wss://media.test')
    const claims = await new TokenVerifier(config.key, config.secret).verify(token)
    expect(claims.video).toEqual({
      roomJoin: true,
      room: 'room',
      canPublish: true,
      canPublishSources: ['microphone', 'screen_share'],
      canSubscribe: true,
      canPublishData: false,
    })
    expect(claims).toMatchObject({ sub: 'connection', name: 'Ada', attributes: { userId: grant.userId } })
    for (const other of ['sip', 'inference', 'observability', 'roomConfig', 'roomPreset', 'kind']) {
      expect(claims).not.toHaveProperty(other)
    }
    const expiresS = claims.exp ?? Infinity
    expect(MEDIA_TOKEN_LIFETIME_S).toBeLessThanOrEqual(600)
    expect(expiresS - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(MEDIA_TOKEN_LIFETIME_S)
    expect(expiresS - beforeS).toBeGreaterThanOrEqual(MEDIA_TOKEN_LIFETIME_S)
    expect(expiresS - Date.parse(expiresAt) / 1000).toBeGreaterThanOrEqual(0)
    expect(expiresS - Date.parse(expiresAt) / 1000).toBeLessThanOrEqual(1)
  })

  test('is refused under another secret, and under another key', async () => {
    const { token } = await mintMediaToken(config, grant)
    await expect(new TokenVerifier(config.key, `${config.secret}!`).verify(token)).rejects.toThrow(
      'signature verification failed',
    )
    await expect(new TokenVerifier('other', config.secret).verify(token)).rejects.toThrow(
      'unexpected "iss" claim value',
    )
  })
})

describe('the configuration of the media server', () => {
  const environment = {
    STUDYHALL_LIVEKIT_URL: 'https://media.test/',
    STUDYHALL_LIVEKIT_KEY: 'key',
    STUDYHALL_LIVEKIT_SECRET: config.secret,
  }

  test('is read, the address in the form for clients', () => {
    expect(readSfuConfig(environment)).toEqual(config)
    expect(readSfuConfig({ ...environment, STUDYHALL_LIVEKIT_URL: 'ws://127.0.0.1:7880' })?.url).toBe(
      'ws://127.0.0.1:7880',
    )
  })

  test.each([
    ['nothing', {}],
    ['no secret', { ...environment, STUDYHALL_LIVEKIT_SECRET: ' ' }],
    ['no key', { ...environment, STUDYHALL_LIVEKIT_KEY: undefined }],
    ['no address', { ...environment, STUDYHALL_LIVEKIT_URL: 'media.test' }],
    ['an address in the clear', { ...environment, STUDYHALL_LIVEKIT_URL: 'ws://media.test' }],
    ['another in the clear', { ...environment, STUDYHALL_LIVEKIT_URL: 'http://10.0.0.4:7880' }],
    ['an address of another kind', { ...environment, STUDYHALL_LIVEKIT_URL: 'file:///etc/passwd' }],
  ])('is none with %s', (_what, incomplete) => {
    expect(readSfuConfig(incomplete)).toBeNull()
  })
})
