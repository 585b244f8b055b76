import type { RoomSummary } from '../../../shared/domain/room.ts'
import { ROOM_NAME_MAX_LENGTH, ROOM_PAGE_SIZE } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import type { LobbyQuery } from '../../core/lobby/lobbyList.ts'
import { parseRoomCode } from '../../core/lobby/parseRoomCode.ts'
import type { RoomsFailure, RoomsPort } from '../../core/ports/rooms.ts'

/** Rooms of one page, or of several read one after the other. */
export interface Page {
  readonly rooms: readonly RoomSummary[]
  readonly nextCursor: string | null
  /** Of the answer that came last. */
  readonly serverNow?: string | undefined
}

/** The first pages one after the other, so that a list scrolled far keeps its length when it is read again. */
export async function readPages(
  rooms: RoomsPort,
  query: LobbyQuery,
  pageCount: number,
): Promise<Result<Page, RoomsFailure>> {
  const all: RoomSummary[] = []
  let cursor: string | null = null
  let serverNow: string | undefined
  for (let page = 0; page < pageCount; page++) {
    const answer = await rooms.list(toRequest(query, cursor))
    if (!answer.ok) return answer
    all.push(...answer.value.rooms)
    cursor = answer.value.nextCursor
    serverNow = answer.value.serverNow
    if (cursor === null) break
  }
  return { ok: true, value: { rooms: all, nextCursor: cursor, serverNow } }
}

/** What is asked of the API. */
export function toRequest(query: LobbyQuery, cursor: string | null) {
  return {
    q: isSecret(query.text) ? '' : query.text.trim().slice(0, ROOM_NAME_MAX_LENGTH),
    tags: query.tag === null ? [] : [query.tag],
    order: query.order,
    hasRoom: query.hasRoom,
    ...(query.privacy === null ? {} : { privacy: query.privacy }),
    ...(query.phase === null ? {} : { phase: query.phase }),
    limit: ROOM_PAGE_SIZE,
    ...(cursor === null ? {} : { cursor }),
  }
}

/** SECURITY: what lets somebody in is no search, and goes to nobody before the person says so. A code alone may be a word. */
function isSecret(text: string): boolean {
  const code = parseRoomCode(text)
  return code !== null && code.kind !== 'unknownInvite'
}
