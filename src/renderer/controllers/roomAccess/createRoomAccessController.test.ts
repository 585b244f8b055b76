import { expect, test } from 'vitest'
import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import { err, ok } from '../../../shared/result.ts'
import { createRoomAccessController } from './createRoomAccessController.ts'

/** A room in which every act named in `refusals` is refused with its code. */
function openRoom(refusals: Readonly<Record<string, ApiErrorCode | 'unreachable'>> = {}) {
  const asked: string[] = []
  const note = (what: string, about = '') => {
    asked.push(`${what} ${about}`.trim())
    const kind = refusals[what]
    return Promise.resolve(kind ? err({ kind, message: '', retryAfterMs: null }) : ok(undefined))
  }
  const never = () => new Promise<never>(() => undefined)
  const access = createRoomAccessController({
    port: {
      invites: never,
      members: never,
      bans: never,
      revokeInvite: (_roomId, inviteId) => note('revoke', inviteId),
      revokeInvites: () => note('revoke all'),
      removeMember: (_roomId, userId) => note('remove', userId),
      unban: (_roomId, userId) => note('unban', userId),
    },
    rooms: { invite: never },
    toInvitation: (link) => link,
  })
  return { access, asked }
}

test('who is removed cannot come back by an invitation in between', async () => {
  const { access, asked } = openRoom()
  expect(await access.removeMember('r', 'mia', { revokesInvites: true })).toEqual(ok('removed'))
  expect(asked).toEqual(['revoke all', 'remove mia'])
})

test('nobody is removed while invitations that were to end still work', async () => {
  const { access, asked } = openRoom({ 'revoke all': 'unreachable' })
  expect(await access.removeMember('r', 'mia', { revokesInvites: true })).toMatchObject({
    ok: false,
    error: { kind: 'unreachable' },
  })
  expect(asked).toEqual(['revoke all'])
})

test('invitations can be left to others', async () => {
  const { access, asked } = openRoom()
  await access.removeMember('r', 'mia', { revokesInvites: false })
  expect(asked).toEqual(['remove mia'])
})

test('what has been ended meanwhile is ended, and a refusal is one', async () => {
  const gone = openRoom({ remove: 'not_found', revoke: 'not_found' }).access
  expect(await gone.removeMember('r', 'mia', { revokesInvites: false })).toEqual(ok('wasNone'))
  expect(await gone.revokeInvite('r', 'i')).toEqual(ok(undefined))
  const handedOver = openRoom({ remove: 'not_creator', revoke: 'not_creator' }).access
  expect(await handedOver.removeMember('r', 'mia', { revokesInvites: false })).toMatchObject({
    error: { kind: 'not_creator' },
  })
  expect(await handedOver.revokeInvite('r', 'i')).toMatchObject({ error: { kind: 'not_creator' } })
})
