import type { RoomSummary } from '../../../shared/domain/room.ts'

/** What the person looks for. `tag` null: all. */
export interface LobbyQuery {
  readonly text: string
  readonly tag: string | null
}

/**
 * A room in the list. `isClosed`: gone already, kept in its place while the person points at the list; `isLate`: came
 * meanwhile and waits at the end for its place.
 */
export interface ListedRoom extends RoomSummary {
  readonly isClosed: boolean
  readonly isLate: boolean
}

/**
 * The rooms in sight. While `isHeld` (the pointer or the focus is in the list) nothing moves: counts change in place, rooms
 * that closed stay and say so, and new ones stand at the end.
 */
export interface LobbyList {
  readonly rooms: readonly ListedRoom[]
  readonly isHeld: boolean
}

/** What happens to the list. */
export type LobbyListEvent =
  | { readonly kind: 'pageRead'; readonly rooms: readonly RoomSummary[]; readonly isFirst: boolean }
  | { readonly kind: 'roomChanged'; readonly room: RoomSummary; readonly query: LobbyQuery }
  | { readonly kind: 'roomRemoved'; readonly roomId: string }
  | { readonly kind: 'held'; readonly isHeld: boolean }

export const emptyLobbyList: LobbyList = { rooms: [], isHeld: false }

/** The list after an event. */
export function transitionLobbyList(list: LobbyList, event: LobbyListEvent): LobbyList {
  switch (event.kind) {
    case 'pageRead':
      return readPage(list, event.rooms, event.isFirst)
    case 'roomChanged':
      return changeRoom(list, event.room, event.query)
    case 'roomRemoved':
      return removeRoom(list, event.roomId)
    case 'held':
      return event.isHeld ? { ...list, isHeld: true } : release(list)
  }
}

/** Whether the room belongs to what is looked for, as the API would say. */
export function matchesQuery(room: RoomSummary, query: LobbyQuery): boolean {
  const text = query.text.trim().toLowerCase()
  if (query.tag !== null && !room.tags.includes(query.tag)) return false
  return text === '' || [room.name, ...room.tags].some((word) => word.toLowerCase().includes(text))
}

function readPage(list: LobbyList, rooms: readonly RoomSummary[], isFirst: boolean): LobbyList {
  const listed = rooms.map(asListed)
  if (!isFirst) return { ...list, rooms: [...list.rooms, ...unknownTo(list, listed)] }
  if (!list.isHeld) return { ...list, rooms: listed }
  const read = new Map(listed.map((room) => [room.id, room]))
  const kept = list.rooms.map((room) => {
    const again = read.get(room.id)
    return again ? { ...again, isLate: room.isLate } : { ...room, isClosed: true }
  })
  return { ...list, rooms: [...kept, ...unknownTo(list, listed).map(asLate)] }
}

function changeRoom(list: LobbyList, room: RoomSummary, query: LobbyQuery): LobbyList {
  if (!matchesQuery(room, query)) return removeRoom(list, room.id)
  const at = list.rooms.findIndex((other) => other.id === room.id)
  const known = list.rooms[at]
  if (known) return { ...list, rooms: list.rooms.with(at, { ...asListed(room), isLate: known.isLate }) }
  if (list.isHeld) return { ...list, rooms: [...list.rooms, asLate(room)] }
  return { ...list, rooms: insert(list.rooms, asListed(room)) }
}

function removeRoom(list: LobbyList, roomId: string): LobbyList {
  const rooms = list.isHeld
    ? list.rooms.map((room) => (room.id === roomId ? { ...room, isClosed: true } : room))
    : list.rooms.filter((room) => room.id !== roomId)
  return { ...list, rooms }
}

function release(list: LobbyList): LobbyList {
  const open = list.rooms.filter((room) => !room.isClosed)
  const settled = open.filter((room) => !room.isLate)
  const late = open.filter((room) => room.isLate).map(asListed)
  return { rooms: late.reduce(insert, settled), isHeld: false }
}

function asListed(room: RoomSummary): ListedRoom {
  return { ...room, isClosed: false, isLate: false }
}

function asLate(room: RoomSummary): ListedRoom {
  return { ...room, isClosed: false, isLate: true }
}

function unknownTo(list: LobbyList, rooms: readonly ListedRoom[]): readonly ListedRoom[] {
  const known = new Set(list.rooms.map((room) => room.id))
  return rooms.filter((room) => !known.has(room.id))
}

/** Puts a room where the lobby's order wants it: lively ones first, then the newest. */
function insert(rooms: readonly ListedRoom[], room: ListedRoom): readonly ListedRoom[] {
  const at = rooms.findIndex((other) => comesBefore(room, other))
  return rooms.toSpliced(at === -1 ? rooms.length : at, 0, room)
}

function comesBefore(a: RoomSummary, b: RoomSummary): boolean {
  if (a.participantCount !== b.participantCount) return a.participantCount > b.participantCount
  return Date.parse(a.createdAt) > Date.parse(b.createdAt)
}
