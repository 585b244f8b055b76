import { expect, test } from 'vitest'
import type { ModerationPort } from '../../core/ports/moderation.ts'
import { createModerationPort } from './createModerationPort.ts'

function openPort(status: number, body: unknown) {
  const sent: string[] = []
  const port = createModerationPort({
    url: 'http://backend.test',
    publishableKey: 'key',
    accessToken: () => Promise.resolve('token'),
    fetch(url, init) {
      const address = url instanceof Request ? url.url : url.toString()
      sent.push(
        `${init?.method} ${address.replace('http://backend.test', '')} ${typeof init?.body === 'string' ? init.body : ''}`,
      )
      return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }))
    },
  })
  return { port, sent }
}

const api = '/functions/v1/api/rooms/the%2Froom'

test.each<[string, (port: ModerationPort) => Promise<unknown>, string]>([
  ['muting', (port) => port.mute('the/room', 'mia'), `POST ${api}/participants/mia/mute `],
  ['removing', (port) => port.remove('the/room', 'mia'), `POST ${api}/participants/mia/remove `],
  ['banning', (port) => port.ban('the/room', 'mia'), `POST ${api}/participants/mia/ban `],
  ['handing over', (port) => port.transfer('the/room', 'mia'), `POST ${api}/transfer {"userId":"mia"}`],
  ['locking', (port) => port.setLocked('the/room', true), `PUT ${api}/lock {"isLocked":true}`],
  ['blocking', (port) => port.block('mia'), 'POST /rest/v1/rpc/block_person {"p_user_id":"mia"}'],
  ['unblocking', (port) => port.unblock('mia'), 'POST /rest/v1/rpc/unblock_person {"p_user_id":"mia"}'],
  [
    'reporting',
    (port) => port.report('r', 'mia', { reason: 'spam', details: 'adverts' }),
    'POST /rest/v1/rpc/report_person {"p_user_id":"mia","p_room_id":"r","p_reason":"spam","p_details":"adverts"}',
  ],
])('%s goes where it belongs', async (_what, act, expected) => {
  const { port, sent } = openPort(204, null)
  expect(await act(port)).toEqual({ ok: true, value: undefined })
  expect(sent).toEqual([expected])
})

test('who was blocked is asked of the database', async () => {
  const { port, sent } = openPort(200, [
    { userId: 'mia', displayName: 'Mia', blockedAt: '2026-11-24T17:00:00.000Z' },
  ])
  expect(await port.blockedIds()).toEqual({ ok: true, value: ['mia'] })
  expect(sent).toEqual(['POST /rest/v1/rpc/list_blocked_people {}'])
})

test('a refusal keeps its code', async () => {
  const { port } = openPort(403, { error: { code: 'not_creator', message: 'No' } })
  expect(await port.ban('r', 'mia')).toMatchObject({ ok: false, error: { kind: 'not_creator' } })
  const limited = openPort(200, { refusal: 'rate_limited', retryAfterSeconds: 60 })
  expect(await limited.port.report('r', 'mia', { reason: 'other', details: '' })).toMatchObject({
    ok: false,
    error: { kind: 'rate_limited', retryAfterMs: 60_000 },
  })
})
