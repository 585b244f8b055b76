import { z } from 'zod'
import type { RoomOrder, RoomSummary } from '../../../../src/shared/domain/room.ts'
import type { OrderedRoom } from './orderedRoom.ts'

/** Where a page of the lobby ended: the key of its last room in the order that the page is in. */
export type RoomsPosition =
  | {
      readonly order: 'lively'
      readonly participantCount: number
      readonly createdAt: string
      readonly id: string
    }
  | { readonly order: 'newest'; readonly createdAt: string; readonly id: string }
  | { readonly order: 'name'; readonly sortKey: string; readonly id: string }

const createdAtSchema = z.iso.datetime({ offset: true })
/** As many characters as the database reads of a key. */
const sortKeySchema = z.string().max(400)
const positionSchema = z.union([
  z.tuple([z.int32().min(0), createdAtSchema, z.uuid()]).transform(([participantCount, createdAt, id]) => ({
    order: 'lively' as const,
    participantCount,
    createdAt,
    id,
  })),
  z
    .tuple([z.literal('newest'), createdAtSchema, z.uuid()])
    .transform(([order, createdAt, id]) => ({ order, createdAt, id })),
  z
    .tuple([z.literal('name'), sortKeySchema, z.uuid()])
    .transform(([order, sortKey, id]) => ({ order, sortKey, id })),
])

/** The opaque text that stands for a position. */
export function encodeRoomsCursor(position: RoomsPosition): string {
  // Names are in any script, and `btoa` takes bytes.
  const bytes = new TextEncoder().encode(JSON.stringify(keyOf(position)))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The position that a text stands for; null for a text that no page has handed out. */
export function decodeRoomsCursor(cursor: string): RoomsPosition | null {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const position = positionSchema.parse(json)
    // Neither does a page give what the database cannot read.
    return position.order === 'name' && /\0|\p{Surrogate}/u.test(position.sortKey) ? null : position
  } catch {
    return null
  }
}

/** The position of a room in an order. */
function positionOf(room: OrderedRoom, order: RoomOrder): RoomsPosition {
  const { id, participantCount, createdAt, sortKey = '' } = room
  switch (order) {
    case 'lively':
      return { order, participantCount, createdAt, id }
    case 'newest':
      return { order, createdAt, id }
    case 'name':
      return { order, sortKey, id }
  }
}

/**
 * An order of the lobby, as in the database. `lively`: fullest first, then newest, then by id, all descending; `newest`: the same
 * without the count; `name`: by the database's key of the name, then by id, both ascending.
 */
export function compareRooms(order: RoomOrder): (left: OrderedRoom, right: OrderedRoom) => number {
  const byAge = (left: OrderedRoom, right: OrderedRoom) =>
    compareText(right.createdAt, left.createdAt) || compareText(right.id, left.id)
  switch (order) {
    case 'lively':
      return (left, right) => right.participantCount - left.participantCount || byAge(left, right)
    case 'newest':
      return byAge
    case 'name':
      return (left, right) =>
        compareCodePoints(left.sortKey ?? '', right.sortKey ?? '') || compareText(left.id, right.id)
  }
}

/** One page out of lists that are each in the given order and go at least one room past the page, if they can. */
export function planRoomsPage(
  lists: readonly (readonly OrderedRoom[])[],
  limit: number,
  order: RoomOrder,
): { readonly rooms: readonly RoomSummary[]; readonly nextCursor: string | null } {
  const sorted = lists.flat().sort(compareRooms(order))
  const rooms = sorted.slice(0, limit)
  const last = rooms.at(-1)
  return {
    // Without the key, which is for in here.
    rooms: rooms.map(({ sortKey: _sortKey, ...room }) => room),
    nextCursor: sorted.length > limit && last ? encodeRoomsCursor(positionOf(last, order)) : null,
  }
}

function keyOf(position: RoomsPosition): readonly unknown[] {
  switch (position.order) {
    case 'lively':
      return [position.participantCount, position.createdAt, position.id]
    case 'newest':
      return [position.order, position.createdAt, position.id]
    case 'name':
      return [position.order, position.sortKey, position.id]
  }
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** As the database's collation "C": by code points, where JavaScript compares halves of surrogate pairs. */
function compareCodePoints(left: string, right: string): number {
  const [from, to] = [Array.from(left), Array.from(right)]
  for (const [index, character] of from.entries()) {
    const other = to[index]
    if (other === undefined) return 1
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0)
  }
  return from.length - to.length
}
