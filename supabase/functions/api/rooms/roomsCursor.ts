import { z } from 'zod'
import type { RoomSummary } from '../../../../src/shared/domain/room.ts'

/** Where a page of the lobby ended: the key of its last room in the lobby's order. */
export interface RoomsPosition {
  readonly participantCount: number
  readonly createdAt: string
  readonly id: string
}

const positionSchema = z.tuple([z.int32().min(0), z.iso.datetime({ offset: true }), z.uuid()])

/** The opaque text that stands for a position. */
export function encodeRoomsCursor(position: RoomsPosition): string {
  return btoa(JSON.stringify([position.participantCount, position.createdAt, position.id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The position that a text stands for; null for a text that no page has handed out. */
export function decodeRoomsCursor(cursor: string): RoomsPosition | null {
  try {
    const json: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    const [participantCount, createdAt, id] = positionSchema.parse(json)
    return { participantCount, createdAt, id }
  } catch {
    return null
  }
}

/** The lobby's order, as in the database: fullest first, then newest, then by id, all descending. */
export function compareRooms(left: RoomsPosition, right: RoomsPosition): number {
  return (
    right.participantCount - left.participantCount ||
    compareText(right.createdAt, left.createdAt) ||
    compareText(right.id, left.id)
  )
}

/** One page out of lists that are each in the lobby's order and go at least one room past the page, if they can. */
export function planRoomsPage(
  lists: readonly (readonly RoomSummary[])[],
  limit: number,
): { readonly rooms: readonly RoomSummary[]; readonly nextCursor: string | null } {
  const sorted = lists.flat().sort(compareRooms)
  const rooms = sorted.slice(0, limit)
  const last = rooms.at(-1)
  return { rooms, nextCursor: sorted.length > limit && last ? encodeRoomsCursor(last) : null }
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
