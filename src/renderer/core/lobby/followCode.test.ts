import { expect, test } from 'vitest'
import { err, ok } from '../../../shared/result.ts'
import type { RoomsFailure } from '../ports/rooms.ts'
import { followCode } from './followCode.ts'
import type { RoomCode } from './parseRoomCode.ts'

const roomId = '8c518699-99ab-42a9-89ff-b5ba0cf27f36'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const failure = (kind: RoomsFailure['kind']): RoomsFailure => ({ kind, message: '', retryAfterMs: null })

async function follow(code: RoomCode, found: RoomsFailure | null) {
  const followed: unknown[] = []
  const asked: string[] = []
  const met: string[] = []
  const answer = await followCode(
    {
      follow(link) {
        followed.push(link)
        return Promise.resolve(link.kind === 'recurringInvite' ? failure('not_found') : null)
      },
      meetHost: (host) => met.push(host),
      findInvitedRoom(candidate) {
        asked.push(candidate)
        return Promise.resolve(found === null ? ok({ roomId }) : err(found))
      },
    },
    code,
  )
  return { answer: answer?.kind ?? null, followed, asked, met }
}

test('an invite’s code without its link leads to its room with the invite', async () => {
  expect(await follow({ kind: 'unknownInvite', inviteCode }, null)).toEqual({
    answer: null,
    followed: [{ kind: 'roomInvite', roomId, inviteCode }],
    asked: [inviteCode],
    met: [],
  })
})

test('where no room has it, it may be a recurring room’s', async () => {
  expect(await follow({ kind: 'unknownInvite', inviteCode }, failure('room_unavailable'))).toMatchObject({
    answer: 'not_found',
    followed: [{ kind: 'recurringInvite', inviteCode }],
  })
})

test.each(['rate_limited', 'unreachable'] as const)('nothing more is tried when it is %s', async (kind) => {
  expect(await follow({ kind: 'unknownInvite', inviteCode }, failure(kind))).toMatchObject({
    answer: kind,
    followed: [],
  })
})

test('what says where it leads is not asked about', async () => {
  const { asked, followed } = await follow({ kind: 'room', roomId }, null)
  expect([asked, followed]).toEqual([[], [{ kind: 'room', roomId }]])
})

test('a host’s code leads to the question about the host, and asks no service', async () => {
  expect(await follow({ kind: 'host', code: 'a host' }, null)).toEqual({
    answer: null,
    followed: [],
    asked: [],
    met: ['a host'],
  })
})
