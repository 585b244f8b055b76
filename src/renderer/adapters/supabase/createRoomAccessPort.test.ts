import { expect, test } from 'vitest'
import type { RoomAccessPort } from '../../core/ports/roomAccess.ts'
import { createRoomAccessPort } from './createRoomAccessPort.ts'

function openPort(status: number, body: unknown) {
  const sent: string[] = []
  const port = createRoomAccessPort({
    url: 'http://backend.test',
    publishableKey: 'key',
    accessToken: () => Promise.resolve('token'),
    fetch(url, init) {
      const address = url instanceof Request ? url.url : url.toString()
      sent.push(`${init?.method} ${address.replace('http://backend.test/functions/v1/api/rooms/', '')}`)
      return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }))
    },
  })
  return { port, sent }
}

test.each<[string, (port: RoomAccessPort) => Promise<unknown>, string]>([
  ['an invite', (port) => port.revokeInvite('the/room', 'i1'), 'DELETE the%2Froom/invites/i1'],
  ['all invites', (port) => port.revokeInvites('r'), 'DELETE r/invites'],
  ['a membership', (port) => port.removeMember('r', 'mi/a'), 'DELETE r/members/mi%2Fa'],
  ['a ban', (port) => port.unban('r', 'mia'), 'DELETE r/participants/mia/ban'],
])('%s is ended where it belongs', async (_what, end, expected) => {
  const { port, sent } = openPort(204, null)
  expect(await end(port)).toEqual({ ok: true, value: undefined })
  expect(sent).toEqual([expected])
})

const userId = '00000000-0000-4000-8000-000000000001'
const moment = '2026-11-27T09:00:00.000Z'
const mia = { userId, displayName: 'Mia' }
const invite = { id: userId, createdAt: moment, expiresAt: moment, maxUses: 25, usedCount: 3 }

test.each<[string, (port: RoomAccessPort) => Promise<unknown>, unknown[]]>([
  [
    'invites',
    (port) => port.invites('r'),
    [
      { ...invite, createdBy: mia },
      { ...invite, createdBy: null },
    ],
  ],
  ['members', (port) => port.members('r'), [{ ...mia, joinedAt: moment }]],
  ['bans', (port) => port.bans('r'), [{ ...mia, bannedAt: moment, expiresAt: null }]],
])('%s are read', async (what, read, list) => {
  const { port, sent } = openPort(200, { [what]: list })
  expect(await read(port)).toEqual({ ok: true, value: list })
  expect(sent).toEqual([`GET r/${what}`])
})

test('what is no answer is none, and a refusal keeps its code', async () => {
  expect(await openPort(200, { bans: [{}] }).port.bans('r')).toMatchObject({ ok: false })
  const refused = openPort(403, { error: { code: 'not_creator', message: 'No' } }).port
  expect(await refused.members('r')).toMatchObject({ ok: false, error: { kind: 'not_creator' } })
})
