import { z } from 'zod'
import type { listRoomsQuerySchema, ListRoomsResponse } from '../../../../src/shared/api/rooms.ts'
import { roomSummarySchema } from '../../../../src/shared/domain/room.ts'
import type { RoomPrivacy, RoomSummary } from '../../../../src/shared/domain/room.ts'
import { err, ok } from '../../../../src/shared/result.ts'
import type { Result } from '../../../../src/shared/result.ts'
import type { CallDatabase } from '../databaseCall.ts'
import { createExpiringCache } from '../expiringCache.ts'
import { refuse } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import { decodeRoomsCursor, planRoomsPage } from './roomsCursor.ts'
import type { RoomsPosition } from './roomsCursor.ts'

/** How long a page of public rooms is kept. Changes in between reach the lobby over Realtime. */
export const ROOM_LIST_CACHE_MS = 5_000
/** Different questions that are kept at a time. */
const ROOM_LIST_CACHE_ENTRIES = 500

/** What is asked of the list. */
export type RoomListQuery = z.output<typeof listRoomsQuerySchema>

/** The room list and what is kept of it. */
export interface RoomLister {
  list(token: string, query: RoomListQuery): Promise<Result<ListRoomsResponse, Refusal>>
  /** A room was opened here: the next list shows it, to whoever asks. */
  forget(): void
}

/**
 * Lists rooms: public ones, and private ones that the caller created or is in; `privacy` narrows it to one kind. Pages
 * of public rooms are the same for everybody and kept for 5 s; private ones are always asked for.
 */
export function createRoomLister(call: CallDatabase, now: () => number): RoomLister {
  const publicPages = createExpiringCache<readonly RoomSummary[]>({
    timeToLiveMs: ROOM_LIST_CACHE_MS,
    maxEntries: ROOM_LIST_CACHE_ENTRIES,
    now,
  })

  async function ask(
    token: string,
    privacy: RoomPrivacy,
    query: RoomListQuery,
    after: RoomsPosition | null,
  ): Promise<Result<readonly RoomSummary[], Refusal>> {
    const answer = await call(token, 'list_rooms', {
      p_privacy: privacy,
      p_tags: query.tags,
      p_query: query.q,
      // One more than the page holds tells whether there is another page.
      p_limit: query.limit + 1,
      ...(after && {
        p_after_count: after.participantCount,
        p_after_created_at: after.createdAt,
        p_after_id: after.id,
      }),
    })
    if (!answer.ok) return answer
    const rooms = z.array(roomSummarySchema).safeParse(answer.value)
    return rooms.success ? ok(rooms.data) : err(refuse('internal'))
  }

  async function list(token: string, query: RoomListQuery): Promise<Result<ListRoomsResponse, Refusal>> {
    const after = query.cursor === undefined ? null : decodeRoomsCursor(query.cursor)
    if (query.cursor !== undefined && after === null) {
      return err(refuse('invalid_input', { message: 'cursor: is not one that a page of rooms has given.' }))
    }

    const key = JSON.stringify([query.tags.toSorted(), query.q, after, query.limit])
    const cached = query.privacy === 'private' ? undefined : publicPages.get(key)
    const none = ok<readonly RoomSummary[]>([])
    // SECURITY: with a kept page the private rooms are asked for in any case, since it is the database that verifies
    // the caller's token.
    const [publicRooms, privateRooms] = await Promise.all([
      query.privacy === 'private' ? none : cached ? ok(cached) : ask(token, 'public', query, after),
      query.privacy === 'public' && !cached ? none : ask(token, 'private', query, after),
    ])
    if (!publicRooms.ok) return publicRooms
    if (!privateRooms.ok) return privateRooms
    // A kept page keeps its own age: asked for again and again, it must still grow old.
    if (query.privacy !== 'private' && !cached) publicPages.set(key, publicRooms.value)
    const page = planRoomsPage(
      [publicRooms.value, query.privacy === 'public' ? [] : privateRooms.value],
      query.limit,
    )
    return ok({ rooms: [...page.rooms], nextCursor: page.nextCursor })
  }

  return { list, forget: () => publicPages.clear() }
}
