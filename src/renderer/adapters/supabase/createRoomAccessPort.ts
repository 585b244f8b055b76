import type { z } from 'zod'
import { invitesResponseSchema } from '../../../shared/api/invites.ts'
import { bansResponseSchema, membersResponseSchema } from '../../../shared/api/moderation.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { RoomAccessPort } from '../../core/ports/roomAccess.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** A room's invites, members and bans by the HTTP API. */
export function createRoomAccessPort(options: RequestOptions): RoomAccessPort {
  const ask = <T>(method: 'GET' | 'DELETE', roomId: string, rest: readonly string[], schema: z.ZodType<T>) =>
    sendRequest(options, {
      method,
      address: `${options.url}/functions/v1/api/rooms/${[roomId, ...rest].map(encodeURIComponent).join('/')}`,
      schema,
      body: undefined,
      headers: {},
    })
  const read = async <T, L>(
    roomId: string,
    what: string,
    schema: z.ZodType<T>,
    select: (answer: T) => L,
  ): Promise<Result<L, RoomsFailure>> => {
    const answer = await ask('GET', roomId, [what], schema)
    return answer.ok ? ok(select(answer.value)) : answer
  }
  const end = (roomId: string, ...rest: string[]) => ask('DELETE', roomId, rest, nothingSchema)
  return {
    invites: (roomId) => read(roomId, 'invites', invitesResponseSchema, ({ invites }) => invites),
    revokeInvite: (roomId, inviteId) => end(roomId, 'invites', inviteId),
    revokeInvites: (roomId) => end(roomId, 'invites'),
    members: (roomId) => read(roomId, 'members', membersResponseSchema, ({ members }) => members),
    removeMember: (roomId, userId) => end(roomId, 'members', userId),
    bans: (roomId) => read(roomId, 'bans', bansResponseSchema, ({ bans }) => bans),
    unban: (roomId, userId) => end(roomId, 'participants', userId, 'ban'),
  }
}
