import { z } from 'zod'
import { iceServersResponseSchema } from '../../../shared/api/connection.ts'
import { createInviteResponseSchema, findInviteResponseSchema } from '../../../shared/api/invites.ts'
import { mediaTokenResponseSchema } from '../../../shared/api/media.ts'
import {
  commonTagsResponseSchema,
  createRoomResponseSchema,
  joinRoomResponseSchema,
  knownPeopleSchema,
  listRoomsResponseSchema,
  recentRoomsSchema,
  participantsResponseSchema,
} from '../../../shared/api/rooms.ts'
import { topologyChangedSchema } from '../../../shared/realtime/roomEvents.ts'
import { ok } from '../../../shared/result.ts'
import { topologySchema } from '../../../shared/domain/room.ts'
import type { RoomsPort } from '../../core/ports/rooms.ts'
import { callFunction } from './callFunction.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** What a newer backend may answer besides is as good as gone: joining again tells. */
const heartbeatOutcomeSchema = z
  .string()
  .pipe(z.enum(['present', 'replaced', 'removed', 'closed', 'gone']).catch('gone'))
/** The Data API answers with rows: none for a room that we do not see (any more). */
const topologyRowsSchema = z
  .array(z.object({ topology: topologySchema, topology_epoch: z.int() }))
  .min(1)
  .transform(([row]) => ({ topology: row?.topology ?? 'mesh', epoch: row?.topology_epoch ?? 0 }))

export interface RoomsPortOptions extends RequestOptions {
  /** The way to the media server, where it is another than the backend says. */
  readonly sfuUrl?: string | null
}

/** Rooms over `{url}/functions/v1/api`, every answer checked against its schema. */
export function createRoomsPort(options: RoomsPortOptions): RoomsPort {
  const sfuUrl = options.sfuUrl ?? null
  const api = `${options.url}/functions/v1/api`
  const request = <T>(
    method: string,
    address: string,
    schema: z.ZodType<T>,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => sendRequest(options, { method, address, schema, body, headers })
  const room = (roomId: string, rest: string) => `${api}/rooms/${encodeURIComponent(roomId)}${rest}`

  return {
    create: (body, idempotencyKey) =>
      request('POST', `${api}/rooms/create`, createRoomResponseSchema, body, {
        'idempotency-key': idempotencyKey,
      }),
    list: (query) => request('GET', `${api}/rooms/list?${toSearch(query)}`, listRoomsResponseSchema),
    recent: () => callFunction(options, 'list_recent_rooms', {}, recentRoomsSchema),
    knownPeople: () => callFunction(options, 'list_known_people', {}, knownPeopleSchema),
    setWhereabouts: (isShown) =>
      callFunction(options, 'set_whereabouts', { p_is_shown: isShown }, nothingSchema),
    async commonTags() {
      const answer = await request('GET', `${api}/rooms/tags`, commonTagsResponseSchema)
      return answer.ok ? ok(answer.value.tags) : answer
    },
    async join(roomId, body) {
      const answer = await request('POST', room(roomId, '/join'), joinRoomResponseSchema, body)
      if (!answer.ok || answer.value.sfu === null || sfuUrl === null) return answer
      return ok({ ...answer.value, sfu: { ...answer.value.sfu, url: sfuUrl } })
    },
    leave: (roomId, connectionId) => request('POST', room(roomId, '/leave'), nothingSchema, { connectionId }),
    async participants(roomId) {
      const answer = await request('GET', room(roomId, '/participants'), participantsResponseSchema)
      return answer.ok ? ok(answer.value.participants) : answer
    },
    setMedia: (roomId, state) => request('PATCH', room(roomId, '/media'), nothingSchema, state),
    async iceServers() {
      const answer = await request('GET', `${api}/ice-servers`, iceServersResponseSchema)
      return answer.ok ? ok(answer.value.iceServers) : answer
    },
    heartbeat: (roomId, connectionId) =>
      callFunction(
        options,
        'heartbeat',
        { p_room_id: roomId, p_connection_id: connectionId },
        heartbeatOutcomeSchema,
      ),
    invite: (roomId) => request('POST', room(roomId, '/invites'), createInviteResponseSchema, {}),
    findInvited: (code) => request('POST', `${api}/invites/find`, findInviteResponseSchema, { code }),
    async mediaToken(roomId, connectionId) {
      const body = { connectionId }
      const answer = await request('POST', room(roomId, '/media-token'), mediaTokenResponseSchema, body)
      return answer.ok && sfuUrl !== null ? ok({ ...answer.value, url: sfuUrl }) : answer
    },
    topology: (roomId) =>
      request(
        'GET',
        `${options.url}/rest/v1/rooms?select=topology,topology_epoch&id=eq.${encodeURIComponent(roomId)}`,
        topologyRowsSchema,
      ),
    reportMeshFailure: (roomId) =>
      callFunction(options, 'report_mesh_failure', { p_room_id: roomId }, topologyChangedSchema),
  }
}

function toSearch(query: Parameters<RoomsPort['list']>[0]): string {
  const search = new URLSearchParams()
  if (query.tags && query.tags.length > 0) search.set('tags', query.tags.join(','))
  if (query.q) search.set('q', query.q)
  if (query.privacy) search.set('privacy', query.privacy)
  if (query.hasRoom) search.set('hasRoom', 'true')
  if (query.phase) search.set('phase', query.phase)
  if (query.order) search.set('order', query.order)
  if (query.cursor) search.set('cursor', query.cursor)
  if (query.limit !== undefined) search.set('limit', String(query.limit))
  return search.toString()
}
