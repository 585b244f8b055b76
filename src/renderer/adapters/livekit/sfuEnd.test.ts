import { ConnectionError, DisconnectReason } from 'livekit-client'
import { expect, test } from 'vitest'
import { toConnectEnd, toSfuEnd } from './sfuEnd.ts'

test.each([
  [DisconnectReason.PARTICIPANT_REMOVED, 'putOut'],
  [DisconnectReason.ROOM_DELETED, 'putOut'],
  [DisconnectReason.DUPLICATE_IDENTITY, 'putOut'],
  [DisconnectReason.SERVER_SHUTDOWN, 'unreachable'],
  [DisconnectReason.STATE_MISMATCH, 'unreachable'],
  [undefined, 'unreachable'],
] as const)('a session that ended for %s is %s', (reason, end) => {
  expect(toSfuEnd(reason)).toBe(end)
})

test('a token that is not taken is told from a server that is away', () => {
  expect(toConnectEnd(ConnectionError.notAllowed('no', 401))).toBe('refused')
  expect(toConnectEnd(ConnectionError.serverUnreachable('away'))).toBe('unreachable')
  expect(toConnectEnd(new TypeError('anything'))).toBe('unreachable')
})
