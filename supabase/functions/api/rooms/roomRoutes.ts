import { z } from 'zod'
import { roomResponseSchema } from '../../../../src/shared/api/moderation.ts'
import {
  commonTagsResponseSchema,
  createRoomHeadersSchema,
  createRoomRequestSchema,
  createRoomResponseSchema,
  joinRoomRequestSchema,
  joinRoomResponseSchema,
  leaveRoomRequestSchema,
  listRoomsQuerySchema,
  listRoomsResponseSchema,
  participantsResponseSchema,
  roomParamsSchema,
  setHandRequestSchema,
  setMediaRequestSchema,
  updateRoomRequestSchema,
} from '../../../../src/shared/api/rooms.ts'
import type { Json } from '../../../../src/shared/database/database.generated.ts'
import { ok } from '../../../../src/shared/result.ts'
import { asDone, asObject, readAs } from '../answer.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { createExpiringCache } from '../expiringCache.ts'
import { createIceServers } from '../iceServers.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import type { Sfu } from '../sfu/createSfu.ts'
import { mediaGrantSchema } from '../sfu/mintMediaToken.ts'
import { choosePageStore } from './pages/choosePageStore.ts'
import { createRoomLister } from './roomLister.ts'

/** What the database adds to its answer for the API alone. */
const joinGrantSchema = z.object({ mediaGrant: mediaGrantSchema })

/**
 * The routes of `/api/rooms`. Every one is one call of a database function, which checks and decides everything; joining
 * asks `sfu` as well.
 */
export function createRoomRoutes(dependencies: ApiDependencies, sfu: Sfu): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  const now = dependencies.now ?? Date.now
  const lister = createRoomLister(call, choosePageStore(dependencies), now)
  const commonTags = createExpiringCache<unknown>({ timeToLiveMs: 10_000, maxEntries: 1_000, now })

  return [
    defineRoute({
      method: 'post',
      path: '/rooms/create',
      operationId: 'createRoom',
      summary: 'Open a room',
      tag: 'Rooms',
      access: 'user',
      headers: createRoomHeadersSchema,
      body: createRoomRequestSchema,
      answer: { status: 201, schema: createRoomResponseSchema },
      refusals: ['rate_limited'],
      async handle({ token, headers, body }) {
        const idempotencyKey = headers['idempotency-key']
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
            allow_recording: settings.allowRecording,
            waiting_room: settings.waitingRoom,
          }),
          ...(password === undefined ? {} : { p_password: password }),
          ...(idempotencyKey === undefined ? {} : { p_idempotency_key: idempotencyKey }),
        })
        if (!answer.ok) return answer
        await lister.forget()
        return readAs(createRoomResponseSchema, answer.value)
      },
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/list',
      operationId: 'listRooms',
      summary: 'List rooms',
      tag: 'Rooms',
      access: 'user',
      query: listRoomsQuerySchema,
      answer: { status: 200, schema: listRoomsResponseSchema },
      refusals: [],
      handle: ({ token, query }) => lister.list(token, query),
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/tags',
      operationId: 'listCommonTags',
      summary: 'Common tags of public rooms',
      tag: 'Rooms',
      access: 'user',
      answer: { status: 200, schema: commonTagsResponseSchema },
      refusals: [],
      async handle({ token }) {
        // SECURITY: kept by token, so that each has been verified by the database within the time that it is kept.
        const kept = commonTags.get(token)
        if (kept !== undefined) return ok(kept)
        const answer = await call(token, 'list_common_tags', {})
        if (!answer.ok) return answer
        commonTags.set(token, answer.value)
        return readAs(commonTagsResponseSchema, answer.value)
      },
    }),

    defineRoute({
      method: 'patch',
      path: '/rooms/:id/settings',
      operationId: 'updateRoom',
      summary: 'Change a room',
      description:
        'Any of the fields; what is left out stays. Nobody is put out by it, and whoever is inside a room that becomes ' +
        'private is a member.',
      tag: 'Rooms',
      access: 'user',
      changesMedia: true,
      params: roomParamsSchema,
      body: updateRoomRequestSchema,
      answer: { status: 200, schema: roomResponseSchema },
      refusals: ['room_unavailable', 'not_creator', 'room_closed', 'rate_limited'],
      async handle({ token, params, body }) {
        const answer = await call(token, 'update_room_settings', {
          p_room_id: params.id,
          p_changes: asJson(body),
        })
        if (!answer.ok) return answer
        await lister.forget()
        return readAs(roomResponseSchema, answer.value)
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/rooms/:id',
      operationId: 'closeRoom',
      summary: 'Close a room',
      description: 'Everybody in it is out. Idempotent.',
      tag: 'Rooms',
      access: 'user',
      changesMedia: true,
      params: roomParamsSchema,
      answer: { status: 204 },
      refusals: ['room_unavailable', 'not_creator'],
      async handle({ token, params }) {
        const answer = await call(token, 'close_room', { p_room_id: params.id })
        if (answer.ok) await lister.forget()
        return asDone(answer)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/rooms/:id/join',
      operationId: 'joinRoom',
      summary: 'Join a room',
      description:
        'Into a private room with a waiting room, whoever is new and shows a good key is not let in but held: `admission_needed`, and ' +
        '`POST /rooms/:id/admission` tells how it goes on.',
      tag: 'Rooms',
      access: 'user',
      changesMedia: true,
      params: roomParamsSchema,
      body: joinRoomRequestSchema,
      answer: { status: 200, schema: joinRoomResponseSchema },
      refusals: [
        'room_unavailable',
        'room_full',
        'room_closed',
        'room_locked',
        'admission_needed',
        'admission_refused',
        'not_participant',
        'rate_limited',
        'sfu_unavailable',
      ],
      async handle({ token, params, body }) {
        const { connectionId, password, inviteCode, supportsSfu } = body
        const answer = await call(token, 'join_room', {
          p_room_id: params.id,
          p_connection_id: connectionId,
          p_supports_sfu: supportsSfu,
          ...(inviteCode === undefined ? {} : { p_invite_code: inviteCode }),
          ...(password === undefined ? {} : { p_password: password }),
        })
        if (!answer.ok) return answer
        const iceServers = await createIceServers(dependencies.environment, connectionId, now())
        const joined = readAs(joinRoomResponseSchema, { ...asObject(answer.value), iceServers, sfu: null })
        // What one may do on the media server comes with the answer, where one may do anything.
        const granted = joinGrantSchema.safeParse(answer.value)
        if (!joined.ok || joined.value.topology === 'mesh' || !granted.success) return joined
        // Whoever is in stays in without the media server; the client asks for a token again.
        const media = await sfu.tokenFor(granted.data.mediaGrant)
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
      tag: 'Rooms',
      access: 'user',
      changesMedia: true,
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
      tag: 'Rooms',
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
      tag: 'Rooms',
      access: 'user',
      params: roomParamsSchema,
      body: setMediaRequestSchema,
      answer: { status: 204 },
      refusals: ['not_participant', 'not_allowed', 'rate_limited'],
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

    defineRoute({
      method: 'put',
      path: '/rooms/:id/hand',
      operationId: 'setHand',
      summary: 'Raise or lower one’s hand',
      description: 'A hand that is up keeps its place. Those inside are told by `hand_changed`.',
      tag: 'Rooms',
      access: 'user',
      params: roomParamsSchema,
      body: setHandRequestSchema,
      answer: { status: 204 },
      refusals: ['not_participant', 'rate_limited'],
      handle: async ({ token, params, body }) =>
        asDone(await call(token, 'set_hand', { p_room_id: params.id, p_is_raised: body.isRaised })),
    }),
  ]
}

function withoutUndefined(values: Readonly<Record<string, boolean | undefined>>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

/** Changes as JSON: without what was left out. */
function asJson(changes: z.output<typeof updateRoomRequestSchema>): Json {
  const { settings, ...rest } = changes
  const values: Readonly<Record<string, Json | undefined>> = {
    ...rest,
    ...(settings && { settings: withoutUndefined(settings) }),
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
