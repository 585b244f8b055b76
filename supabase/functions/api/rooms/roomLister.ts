import { z } from 'zod'
import type { listRoomsQuerySchema, ListRoomsResponse } from '../../../../src/shared/api/rooms.ts'
import type { RoomPrivacy } from '../../../../src/shared/domain/room.ts'
import { err, ok } from '../../../../src/shared/result.ts'
import type { Result } from '../../../../src/shared/result.ts'
import type { CallDatabase } from '../databaseCall.ts'
import { refuse } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import { orderedRoomSchema } from './orderedRoom.ts'
import type { OrderedRoom } from './orderedRoom.ts'
import { createRoomPages } from './pages/roomPages.ts'
import type { PageStore } from './pages/pageStore.ts'
import { decodeRoomsCursor, planRoomsPage } from './roomsCursor.ts'
import type { RoomsPosition } from './roomsCursor.ts'

/** What is asked of the list. */
export type RoomListQuery = z.output<typeof listRoomsQuerySchema>

/** The room list and what is kept of it. */
export interface RoomLister {
  list(token: string, query: RoomListQuery): Promise<Result<ListRoomsResponse, Refusal>>
  /** A room was opened or changed: whoever asks from now on sees it, also in other instances that share the pages. */
  forget(): Promise<void>
}

/**
 * Lists rooms: public ones, and private ones that the caller created or is in; `privacy` narrows it to one kind. Pages
 * of public rooms are the same for everybody and kept for 5 s; private ones are always asked for.
 */
export function createRoomLister(
  call: CallDatabase,
  pages: PageStore,
  now: () => number,
  random: () => number = Math.random,
): RoomLister {
  const publicPages = createRoomPages(pages, now, random)

  async function ask(
    token: string,
    privacy: RoomPrivacy,
    query: RoomListQuery,
    after: RoomsPosition | null,
  ): Promise<Result<readonly OrderedRoom[], Refusal>> {
    const answer = await call(token, 'list_rooms', {
      p_privacy: privacy,
      p_tags: query.tags,
      p_query: query.q,
      // One more than the page holds tells whether there is another page.
      p_limit: query.limit + 1,
      p_order: query.order,
      p_has_room: query.hasRoom,
      ...(query.phase && { p_phase: query.phase }),
      ...(after && asKey(after)),
    })
    if (!answer.ok) return answer
    const rooms = z.array(orderedRoomSchema).safeParse(answer.value)
    return rooms.success ? ok(rooms.data) : err(refuse('internal'))
  }

  async function list(token: string, query: RoomListQuery): Promise<Result<ListRoomsResponse, Refusal>> {
    const after = query.cursor === undefined ? null : decodeRoomsCursor(query.cursor)
    if (query.cursor !== undefined && after?.order !== query.order) {
      return err(
        refuse('invalid_input', {
          message: 'cursor: is not one that a page of rooms in this order has given.',
        }),
      )
    }

    const key = JSON.stringify([
      query.tags.toSorted(),
      query.q,
      query.hasRoom,
      query.phase ?? null,
      query.order,
      after,
      query.limit,
    ])
    const none = ok<readonly OrderedRoom[]>([])
    const [found, privateRooms] = await Promise.all([
      query.privacy === 'private'
        ? null
        : publicPages.find(key, async () => await ask(token, 'public', query, after)),
      query.privacy === 'public' ? none : ask(token, 'private', query, after),
    ])
    if (found && !found.ok) return found
    if (!privateRooms.ok) return privateRooms
    // SECURITY: a page that was kept, or asked for in another's name, says nothing about this token; the private rooms
    // are asked for in any case then, since it is the database that verifies it.
    if (query.privacy === 'public' && found && !found.value.isAskedFor) {
      const verified = await ask(token, 'private', query, after)
      if (!verified.ok) return verified
    }
    const page = planRoomsPage([found ? found.value.rooms : [], privateRooms.value], query.limit, query.order)
    return ok({
      rooms: [...page.rooms],
      nextCursor: page.nextCursor,
      serverNow: new Date(now()).toISOString(),
    })
  }

  return { list, forget: publicPages.forget }
}

/** A position as `list_rooms` is asked to go on from it. */
function asKey(after: RoomsPosition) {
  switch (after.order) {
    case 'lively':
      return {
        p_after_count: after.participantCount,
        p_after_created_at: after.createdAt,
        p_after_id: after.id,
      }
    case 'newest':
      return { p_after_created_at: after.createdAt, p_after_id: after.id }
    case 'name':
      return { p_after_name_key: after.sortKey, p_after_id: after.id }
  }
}
