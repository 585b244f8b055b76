import { buildInviteLink } from '../../../../src/shared/api/inviteLink.ts'
import {
  createInviteRequestSchema,
  createInviteResponseSchema,
  findInviteRequestSchema,
  findInviteResponseSchema,
  inviteParamsSchema,
  invitesResponseSchema,
} from '../../../../src/shared/api/invites.ts'
import { roomParamsSchema } from '../../../../src/shared/api/rooms.ts'
import { asDone, asObject, readAs } from '../answer.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Invites to a room, for its creator; and finding a room by a code, for anybody. */
export function createInviteRoutes(dependencies: ApiDependencies): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  return [
    defineRoute({
      method: 'post',
      path: '/rooms/:id/invites',
      operationId: 'createInvite',
      summary: 'Invite people to a room',
      description:
        'Whoever joins with the code becomes a member of the room. The code is in this answer and nowhere else. A room ' +
        'has at most 50 open invites; one more is `not_allowed`.',
      tag: 'Invites',
      access: 'user',
      params: roomParamsSchema,
      body: createInviteRequestSchema,
      answer: { status: 201, schema: createInviteResponseSchema },
      refusals: ['room_unavailable', 'not_creator', 'room_closed', 'not_allowed', 'rate_limited'],
      async handle({ token, params, body }) {
        const answer = await call(token, 'create_invite', {
          p_room_id: params.id,
          p_expires_in_hours: body.expiresInHours,
          p_max_uses: body.maxUses,
        })
        if (!answer.ok) return answer
        const invite = asObject(answer.value)
        const inviteCode = 'code' in invite ? String(invite.code) : ''
        const link = buildInviteLink({ roomId: params.id.toLowerCase(), inviteCode })
        return readAs(createInviteResponseSchema, { ...invite, link })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/:id/invites',
      operationId: 'listInvites',
      summary: 'List a room’s open invites',
      tag: 'Invites',
      access: 'user',
      params: roomParamsSchema,
      answer: { status: 200, schema: invitesResponseSchema },
      refusals: ['room_unavailable', 'not_creator'],
      async handle({ token, params }) {
        const answer = await call(token, 'list_invites', { p_room_id: params.id })
        return answer.ok ? readAs(invitesResponseSchema, { invites: answer.value }) : answer
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/rooms/:id/invites',
      operationId: 'revokeInvites',
      summary: 'Revoke every invite of a room',
      description: 'Idempotent. Whoever came in by one remains a member.',
      tag: 'Invites',
      access: 'user',
      params: roomParamsSchema,
      answer: { status: 204 },
      refusals: ['room_unavailable', 'not_creator'],
      handle: async ({ token, params }) =>
        asDone(await call(token, 'revoke_invites', { p_room_id: params.id })),
    }),

    defineRoute({
      method: 'delete',
      path: '/rooms/:id/invites/:code',
      operationId: 'revokeInvite',
      summary: 'Revoke an invite',
      description: 'Idempotent. Whoever came in by it remains a member.',
      tag: 'Invites',
      access: 'user',
      params: inviteParamsSchema,
      answer: { status: 204 },
      refusals: ['room_unavailable', 'not_creator', 'not_found'],
      handle: async ({ token, params }) =>
        asDone(
          await call(token, 'revoke_invite', {
            p_room_id: params.id,
            ...(uuidPattern.test(params.code) ? { p_invite_id: params.code } : { p_code: params.code }),
          }),
        ),
    }),

    defineRoute({
      method: 'post',
      path: '/invites/find',
      operationId: 'findInvite',
      summary: 'Find the room that a code opens',
      description:
        'Uses nothing of the invite; joining does. A code that never was and one that is over answer alike, and count as ' +
        'a wrong password.',
      tag: 'Invites',
      access: 'user',
      body: findInviteRequestSchema,
      answer: { status: 200, schema: findInviteResponseSchema },
      refusals: ['room_unavailable', 'rate_limited'],
      async handle({ token, body }) {
        const answer = await call(token, 'find_invited_room', { p_code: body.code })
        return answer.ok ? readAs(findInviteResponseSchema, answer.value) : answer
      },
    }),
  ]
}
