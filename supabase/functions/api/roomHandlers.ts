import type { HonoRequest } from 'hono'
import type { z } from 'zod'
import {
  createRoomRequestSchema,
  createRoomResponseSchema,
  joinRoomRequestSchema,
  joinRoomResponseSchema,
  leaveRoomRequestSchema,
  participantsResponseSchema,
  setMediaRequestSchema,
} from '../../../src/shared/api/rooms.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import { createDatabaseCall } from './databaseCall.ts'
import type { ApiDependencies } from './dependencies.ts'
import { createIceServers } from './iceServers.ts'
import { readBody, readRoomId, readToken } from './input.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { createRoomLister } from './roomLister.ts'

/** Takes a request; answers the body to send, null for none. */
type Handler = (request: HonoRequest) => Promise<Result<unknown, Refusal>>

/** The routes of `/api/rooms`. Every one is one call of a database function, which checks and decides everything. */
export function createRoomHandlers(
  dependencies: ApiDependencies,
): Readonly<Record<'create' | 'list' | 'join' | 'leave' | 'participants' | 'media', Handler>> {
  const call = createDatabaseCall(dependencies)
  const now = dependencies.now ?? Date.now
  const lister = createRoomLister(call, now)

  return {
    async create(request) {
      const token = readToken(request)
      if (!token.ok) return token
      const body = await readBody(request, createRoomRequestSchema)
      if (!body.ok) return body
      const { name, privacy, tags, maxParticipants, settings, password } = body.value
      const answer = await call(token.value, 'create_room', {
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

    async list(request) {
      const token = readToken(request)
      return token.ok ? lister.list(token.value, request.query()) : token
    },

    async join(request) {
      const target = readTarget(request)
      if (!target.ok) return target
      const body = await readBody(request, joinRoomRequestSchema)
      if (!body.ok) return body
      const { connectionId, password } = body.value
      const answer = await call(target.value.token, 'join_room', {
        p_room_id: target.value.roomId,
        p_connection_id: connectionId,
        ...(password === undefined ? {} : { p_password: password }),
      })
      if (!answer.ok) return answer
      const iceServers = await createIceServers(dependencies.environment, connectionId, now())
      return readAs(joinRoomResponseSchema, { ...asObject(answer.value), iceServers, sfu: null })
    },

    async leave(request) {
      const target = readTarget(request)
      if (!target.ok) return target
      const body = await readBody(request, leaveRoomRequestSchema)
      if (!body.ok) return body
      const answer = await call(target.value.token, 'leave_room', {
        p_room_id: target.value.roomId,
        p_connection_id: body.value.connectionId,
      })
      return answer.ok ? ok(null) : answer
    },

    async participants(request) {
      const target = readTarget(request)
      if (!target.ok) return target
      const answer = await call(target.value.token, 'list_participants', { p_room_id: target.value.roomId })
      return answer.ok ? readAs(participantsResponseSchema, { participants: answer.value }) : answer
    },

    async media(request) {
      const target = readTarget(request)
      if (!target.ok) return target
      const body = await readBody(request, setMediaRequestSchema)
      if (!body.ok) return body
      const answer = await call(target.value.token, 'set_media_state', {
        p_room_id: target.value.roomId,
        p_is_muted: body.value.isMuted,
        p_is_video_off: body.value.isVideoOff,
        p_is_screensharing: body.value.isScreensharing,
      })
      return answer.ok ? ok(null) : answer
    },
  }
}

/** Who asks, and about which room. */
function readTarget(
  request: HonoRequest,
): Result<{ readonly token: string; readonly roomId: string }, Refusal> {
  const token = readToken(request)
  if (!token.ok) return token
  const roomId = readRoomId(request)
  return roomId.ok ? ok({ token: token.value, roomId: roomId.value }) : roomId
}

/** What the database answered, by the contract; anything else is a bug and told as one. */
function readAs<T>(schema: z.ZodType<T>, value: unknown): Result<T, Refusal> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  console.error('api: the database answered against the contract:', parsed.error.issues)
  return err(refuse('internal'))
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function withoutUndefined(values: Readonly<Record<string, boolean | undefined>>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
