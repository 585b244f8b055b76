import {
  bansResponseSchema,
  membersResponseSchema,
  lockRoomRequestSchema,
  roomPersonParamsSchema,
  roomResponseSchema,
  transferRoomRequestSchema,
} from '../../../../src/shared/api/moderation.ts'
import { roomParamsSchema } from '../../../../src/shared/api/rooms.ts'
import { asDone, readAs } from '../answer.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'

const person = '/rooms/:id/participants/:userId'

/** What a room's creator may do about the people in it. */
export function createModerationRoutes(dependencies: ApiDependencies): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  const common = { tag: 'Moderation', access: 'user' } as const
  /** An act that is about one person and answers nothing. */
  const act = (
    route: Pick<Route, 'path' | 'operationId' | 'summary' | 'description' | 'refusals'> & {
      readonly method?: 'post' | 'delete'
      readonly functionName:
        | 'mute_participant'
        | 'lower_hand'
        | 'remove_participant'
        | 'ban_person'
        | 'unban_person'
        | 'remove_room_member'
    },
  ): Route => {
    const { functionName, ...rest } = route
    return defineRoute({
      method: 'post',
      ...rest,
      ...common,
      changesMedia: true,
      params: roomPersonParamsSchema,
      answer: { status: 204 },
      handle: async ({ token, params }) =>
        asDone(await call(token, functionName, { p_room_id: params.id, p_user_id: params.userId })),
    })
  }
  const refusals = ['room_unavailable', 'not_creator', 'room_closed', 'rate_limited'] as const

  return [
    act({
      path: `${person}/mute`,
      operationId: 'muteParticipant',
      summary: 'Mute somebody',
      description: 'They may open their microphone again. `not_found` for whoever is not inside.',
      refusals: [...refusals, 'not_found'],
      functionName: 'mute_participant',
    }),
    act({
      path: `${person}/lower-hand`,
      operationId: 'lowerHand',
      summary: 'Lower somebody’s hand',
      description: 'They may raise it again. `not_found` for whoever is not inside.',
      refusals: [...refusals, 'not_found'],
      functionName: 'lower_hand',
    }),
    act({
      path: `${person}/remove`,
      operationId: 'removeParticipant',
      summary: 'Put somebody out',
      description:
        'They lose their membership and may come back after 5 minutes. The others move to a new Realtime channel.',
      refusals: [...refusals, 'not_found'],
      functionName: 'remove_participant',
    }),
    act({
      path: `${person}/ban`,
      operationId: 'banPerson',
      summary: 'Keep somebody out for good',
      description: 'Answers alike for somebody who never had to do with the room, of whom nothing is kept.',
      refusals,
      functionName: 'ban_person',
    }),
    act({
      method: 'delete',
      path: `${person}/ban`,
      operationId: 'unbanPerson',
      summary: 'Let somebody come back',
      description: 'Idempotent. What they need to get in, they need again.',
      refusals: ['room_unavailable', 'not_creator', 'rate_limited'],
      functionName: 'unban_person',
    }),

    act({
      method: 'delete',
      path: '/rooms/:id/members/:userId',
      operationId: 'removeMember',
      summary: 'End a membership',
      description:
        'They are put out if they are inside, and may come back by an invite or the password at once. `not_found` for ' +
        'whoever is no member.',
      refusals: [...refusals, 'not_found'],
      functionName: 'remove_room_member',
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/:id/members',
      operationId: 'listMembers',
      summary: 'List who may enter a private room freely',
      ...common,
      params: roomParamsSchema,
      answer: { status: 200, schema: membersResponseSchema },
      refusals: ['room_unavailable', 'not_creator'],
      async handle({ token, params }) {
        const answer = await call(token, 'list_room_members', { p_room_id: params.id })
        return answer.ok ? readAs(membersResponseSchema, { members: answer.value }) : answer
      },
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/:id/bans',
      operationId: 'listBans',
      summary: 'List who is kept out',
      ...common,
      params: roomParamsSchema,
      answer: { status: 200, schema: bansResponseSchema },
      refusals: ['room_unavailable', 'not_creator'],
      async handle({ token, params }) {
        const answer = await call(token, 'list_bans', { p_room_id: params.id })
        return answer.ok ? readAs(bansResponseSchema, { bans: answer.value }) : answer
      },
    }),

    defineRoute({
      method: 'post',
      path: '/rooms/:id/transfer',
      operationId: 'transferRoom',
      summary: 'Hand a room over',
      description: 'To somebody in it; `not_found` for whoever is not inside.',
      ...common,
      params: roomParamsSchema,
      body: transferRoomRequestSchema,
      answer: { status: 200, schema: roomResponseSchema },
      refusals: [...refusals, 'not_found'],
      async handle({ token, params, body }) {
        const answer = await call(token, 'transfer_room', { p_room_id: params.id, p_user_id: body.userId })
        return answer.ok ? readAs(roomResponseSchema, answer.value) : answer
      },
    }),

    defineRoute({
      method: 'put',
      path: '/rooms/:id/lock',
      operationId: 'lockRoom',
      summary: 'Lock or unlock a room',
      description: 'A locked room lets nobody new in, whatever they know; its creator always.',
      ...common,
      params: roomParamsSchema,
      body: lockRoomRequestSchema,
      answer: { status: 200, schema: roomResponseSchema },
      refusals,
      async handle({ token, params, body }) {
        const answer = await call(token, 'set_room_lock', {
          p_room_id: params.id,
          p_is_locked: body.isLocked,
        })
        return answer.ok ? readAs(roomResponseSchema, answer.value) : answer
      },
    }),
  ]
}
