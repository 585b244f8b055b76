import { z } from 'zod'
import { iceServersResponseSchema } from '../../../shared/api/connection.ts'
import { apiErrorBodySchema, apiErrorCodeSchema } from '../../../shared/api/errors.ts'
import { createInviteResponseSchema } from '../../../shared/api/invites.ts'
import { mediaTokenResponseSchema } from '../../../shared/api/media.ts'
import {
  createRoomResponseSchema,
  joinRoomResponseSchema,
  listRoomsResponseSchema,
  participantsResponseSchema,
} from '../../../shared/api/rooms.ts'
import { topologyChangedSchema } from '../../../shared/realtime/roomEvents.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { topologySchema } from '../../../shared/domain/room.ts'
import type { RoomsFailure, RoomsPort } from '../../core/ports/rooms.ts'

/** An answer that does not come within this time is taken as none. */
const REQUEST_TIMEOUT_MS = 10_000

export interface RoomsPortOptions {
  /** The Supabase project's address, without a slash at the end. */
  readonly url: string
  readonly publishableKey: string
  /** The person's bearer token at this moment; null when nobody is signed in. */
  readonly accessToken: () => Promise<string | null>
  readonly fetch: typeof fetch
}

/** What a newer backend may answer besides is as good as gone: joining again tells. */
const heartbeatOutcomeSchema = z
  .string()
  .pipe(z.enum(['present', 'replaced', 'removed', 'closed', 'gone']).catch('gone'))
/** The Data API answers with rows: none for a room that we do not see (any more). */
const topologyRowsSchema = z
  .array(z.object({ topology: topologySchema, topology_epoch: z.int() }))
  .min(1)
  .transform(([row]) => ({ topology: row?.topology ?? 'mesh', epoch: row?.topology_epoch ?? 0 }))
/** What a function of the schema raises keeps its stable code as the message (`sqlstate 'PTnnn'`). */
const raisedSchema = z.object({ message: apiErrorCodeSchema })
const nothingSchema = z.unknown().transform(() => undefined)

/** Rooms over `{url}/functions/v1/api`, every answer checked against its schema. */
export function createRoomsPort(options: RoomsPortOptions): RoomsPort {
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
    join: (roomId, body) => request('POST', room(roomId, '/join'), joinRoomResponseSchema, body),
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
      request('POST', `${options.url}/rest/v1/rpc/heartbeat`, heartbeatOutcomeSchema, {
        p_room_id: roomId,
        p_connection_id: connectionId,
      }),
    invite: (roomId) => request('POST', room(roomId, '/invites'), createInviteResponseSchema, {}),
    mediaToken: (roomId, connectionId) =>
      request('POST', room(roomId, '/media-token'), mediaTokenResponseSchema, { connectionId }),
    topology: (roomId) =>
      request(
        'GET',
        `${options.url}/rest/v1/rooms?select=topology,topology_epoch&id=eq.${encodeURIComponent(roomId)}`,
        topologyRowsSchema,
      ),
    reportMeshFailure: (roomId) =>
      request('POST', `${options.url}/rest/v1/rpc/report_mesh_failure`, topologyChangedSchema, {
        p_room_id: roomId,
      }),
  }
}

function toSearch(query: Parameters<RoomsPort['list']>[0]): string {
  const search = new URLSearchParams()
  if (query.tags && query.tags.length > 0) search.set('tags', query.tags.join(','))
  if (query.q) search.set('q', query.q)
  if (query.privacy) search.set('privacy', query.privacy)
  if (query.cursor) search.set('cursor', query.cursor)
  if (query.limit !== undefined) search.set('limit', String(query.limit))
  return search.toString()
}

interface ApiRequest<T> {
  readonly method: string
  readonly address: string
  readonly schema: z.ZodType<T>
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Asks the API or the Data API in the person's name. An answer that does not fit its schema is a failure too. */
export async function sendRequest<T>(
  options: RoomsPortOptions,
  request: ApiRequest<T>,
): Promise<Result<T, RoomsFailure>> {
  const token = await options.accessToken()
  if (token === null) return err(failure('not_signed_in', 'Nobody is signed in.'))
  let response: Response
  let text: string
  try {
    response = await options.fetch(request.address, {
      method: request.method,
      headers: {
        ...request.headers,
        apikey: options.publishableKey,
        authorization: `Bearer ${token}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    text = await response.text()
  } catch {
    // fetch rejects for a network that is gone and for our own deadline alike: no answer came.
    return err(failure('unreachable', 'No answer came.'))
  }
  const answer = parseJson(text)
  if (!response.ok) return err(toRoomsFailure(response.status, answer))
  const parsed = request.schema.safeParse(answer)
  return parsed.success ? ok(parsed.data) : err(failure('internal', 'The answer could not be read.'))
}

/** An empty body (204) reads as undefined, one that is no JSON as null. */
function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * A refusal as the app knows it. Bodies in another shape come from what stands before the API (a gateway, the Data API) and
 * are judged by their status. Exported for its tests.
 */
export function toRoomsFailure(status: number, body: unknown): RoomsFailure {
  const parsed = apiErrorBodySchema.safeParse(body)
  if (parsed.success) {
    const { code, message, retryAfterSeconds } = parsed.data.error
    return {
      kind: code,
      message,
      retryAfterMs: retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000,
    }
  }
  const raised = raisedSchema.safeParse(body)
  if (raised.success) return failure(raised.data.message, 'The database refused.')
  if (status === 401) return failure('not_signed_in', 'The sign-in is no longer valid.')
  if (status === 429) return failure('rate_limited', 'Too many requests in a short time.')
  if (status === 502 || status === 503 || status === 504)
    return failure('unreachable', 'The backend is away.')
  return failure('internal', `The backend answered with status ${status}.`)
}

function failure(kind: RoomsFailure['kind'], message: string): RoomsFailure {
  return { kind, message, retryAfterMs: null }
}
