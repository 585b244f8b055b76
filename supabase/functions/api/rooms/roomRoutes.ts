import {
  createRoomRequestSchema,
  createRoomResponseSchema,
  joinRoomRequestSchema,
  joinRoomResponseSchema,
  leaveRoomRequestSchema,
  listRoomsQuerySchema,
  listRoomsResponseSchema,
  participantsResponseSchema,
  roomParamsSchema,
  setMediaRequestSchema,
} from '../../../../src/shared/api/rooms.ts'
import { ok } from '../../../../src/shared/result.ts'
import { asDone, readAs } from '../answer.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { createIceServers } from '../iceServers.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import type { Sfu } from '../sfu/createSfu.ts'
import { createRoomLister } from './roomLister.ts'

/**
 * The routes of `/api/rooms`. Every one is one call of a database function, which checks and decides everything; joining
 * asks `sfu` as well.
 */
export function createRoomRoutes(dependencies: ApiDependencies, sfu: Sfu): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  const now = dependencies.now ?? Date.now
  const lister = createRoomLister(call, now)

  return [
    defineRoute({
      method: 'post',
      path: '/rooms/create',
      operationId: 'createRoom',
      summary: 'Open a room',
      access: 'user',
      body: createRoomRequestSchema,
      answer: { status: 201, schema: createRoomResponseSchema },
      refusals: ['rate_limited'],
      async handle({ token, body }) {
        const { name, privacy, tags, maxParticipants, settings, password } = body
        const answer = await call(token, 'create_room', {
          p_name: name,
          p_privacy: privacy,
          p_tags: tags,
          p_max_participants: maxParticipants,
          p_settings: withoutUndefined({
            allow_chat: settings.allowChat,
            allow_video: settings.allowVideo,
            allow_screenshare: settings.allowScreenshare,
            allow_timer_control: settings.allowTimerControl,
          }),
          ...(password === undefined ? {} : { p_password: password }),
        })
        if (!answer.ok) return answer
        lister.forget()
        return readAs(createRoomResponseSchema, answer.value)
      },
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/list',
      operationId: 'listRooms',
      summary: 'List rooms',
      access: 'user',
      query: listRoomsQuerySchema,
      answer: { status: 200, schema: listRoomsResponseSchema },
      refusals: [],
      handle: ({ token, query }) => lister.list(token, query),
    }),

    defineRoute({
      method: 'post',
      path: '/rooms/:id/join',
      operationId: 'joinRoom',
      summary: 'Join a room',
      access: 'user',
      params: roomParamsSchema,
      body: joinRoomRequestSchema,
      answer: { status: 200, schema: joinRoomResponseSchema },
      refusals: [
        'room_unavailable',
        'room_full',
        'room_closed',
        'room_locked',
        'not_participant',
        'rate_limited',
        'sfu_unavailable',
      ],
      async handle({ token, params, body }) {
        const { connectionId, password, supportsSfu } = body
        const answer = await call(token, 'join_room', {
          p_room_id: params.id,
          p_connection_id: connectionId,
          p_supports_sfu: supportsSfu,
          ...(password === undefined ? {} : { p_password: password }),
        })
        if (!answer.ok) return answer
        const iceServers = await createIceServers(dependencies.environment, connectionId, now())
        const joined = readAs(joinRoomResponseSchema, { ...asObject(answer.value), iceServers, sfu: null })
        if (!joined.ok || joined.value.topology === 'mesh') return joined
        // Whoever is in stays in without the media server; the client asks for a token again.
        const media = await sfu.mediaToken(token, params.id, connectionId)
        return media.ok
          ? ok({ ...joined.value, sfu: { url: media.value.url, token: media.value.token } })
          : joined
      },
    }),

    defineRoute({
      method: 'post',
      path: '/rooms/:id/leave',
      operationId: 'leaveRoom',
      summary: 'Leave a room',
      access: 'user',
      params: roomParamsSchema,
      body: leaveRoomRequestSchema,
      answer: { status: 204 },
      refusals: [],
      handle: async ({ token, params, body }) =>
        asDone(await call(token, 'leave_room', { p_room_id: params.id, p_connection_id: body.connectionId })),
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/:id/participants',
      operationId: 'listParticipants',
      summary: 'List the people in a room',
      access: 'user',
      params: roomParamsSchema,
      answer: { status: 200, schema: participantsResponseSchema },
      refusals: ['not_participant'],
      async handle({ token, params }) {
        const answer = await call(token, 'list_participants', { p_room_id: params.id })
        return answer.ok ? readAs(participantsResponseSchema, { participants: answer.value }) : answer
      },
    }),

    defineRoute({
      method: 'patch',
      path: '/rooms/:id/media',
      operationId: 'setMediaState',
      summary: 'Say what one sends',
      access: 'user',
      params: roomParamsSchema,
      body: setMediaRequestSchema,
      answer: { status: 204 },
      refusals: ['not_participant', 'not_allowed'],
      handle: async ({ token, params, body }) =>
        asDone(
          await call(token, 'set_media_state', {
            p_room_id: params.id,
            p_is_muted: body.isMuted,
            p_is_video_off: body.isVideoOff,
            p_is_screensharing: body.isScreensharing,
          }),
        ),
    }),
  ]
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function withoutUndefined(values: Readonly<Record<string, boolean | undefined>>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
