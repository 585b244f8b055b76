import type { RoomOrder, RoomPhase, RoomPrivacy, RoomSummary } from '../../../shared/domain/room.ts'
import { comesBefore } from './roomOrder.ts'
import { isInPhase } from './roomPhase.ts'

/** What the person looks for, and in which order. `tag` null: all. `privacy` null: public rooms, and private ones that are their own. */
export interface LobbyQuery {
  readonly text: string
  readonly tag: string | null
  readonly privacy: RoomPrivacy | null
  /** Only rooms with a place left. */
  readonly hasRoom: boolean
  /** Only rooms whose timer is in such a phase; null: any, or none. */
  readonly phase: RoomPhase | null
  readonly order: RoomOrder
}

/** What every room answers to, in the order that the lobby has by itself. */
export const everything: LobbyQuery = {
  text: '',
  tag: null,
  privacy: null,
  hasRoom: false,
  phase: null,
  order: 'lively',
}

/**
 * A room in the list. Kept in its place while the person points at the list: `isClosed`, gone already; `isLeaving`, no longer what is
 * looked for. `isLate`: came meanwhile and waits at the end for its place.
 */
export interface ListedRoom extends RoomSummary {
  readonly isClosed: boolean
  readonly isLeaving: boolean
  readonly isLate: boolean
}

/**
 * The rooms in sight, in the `order` in which they were read. While `isHeld` (the pointer or the focus is in the list) nothing moves:
 * counts change in place, rooms that closed stay and say so, and new ones stand at the end. `hasMore`: further ones are not read yet.
 */
export interface LobbyList {
  readonly rooms: readonly ListedRoom[]
  readonly order: RoomOrder
  readonly hasMore: boolean
  readonly isHeld: boolean
}

/**
 * What happens to the list. Of a page: `first` answers a new question and stands whatever was there, `reread` is the same question
 * asked again, `next` goes on. `timePassed`: nothing was told, but phases end by themselves. `nowMs` is by the server's clock.
 */
export type LobbyListEvent =
  | {
      readonly kind: 'pageRead'
      readonly page: 'first' | 'reread' | 'next'
      readonly rooms: readonly RoomSummary[]
      readonly order: RoomOrder
      readonly hasMore: boolean
    }
  | {
      readonly kind: 'roomChanged'
      readonly room: RoomSummary
      readonly query: LobbyQuery
      readonly nowMs: number
    }
  | { readonly kind: 'timePassed'; readonly query: LobbyQuery; readonly nowMs: number }
  | { readonly kind: 'roomRemoved'; readonly roomId: string }
  | { readonly kind: 'held'; readonly isHeld: boolean }

type RoomChanged = Extract<LobbyListEvent, { kind: 'roomChanged' }>
type PageRead = Extract<LobbyListEvent, { kind: 'pageRead' }>

export const emptyLobbyList: LobbyList = { rooms: [], order: 'lively', hasMore: false, isHeld: false }

/** The list after an event. */
export function transitionLobbyList(list: LobbyList, event: LobbyListEvent): LobbyList {
  switch (event.kind) {
    case 'pageRead':
      return { ...list, rooms: readPage(list, event), order: event.order, hasMore: event.hasMore }
    case 'roomChanged':
      return { ...list, rooms: changeRoom(list, event) }
    case 'timePassed':
      return partWithUnmatched(list, event)
    case 'roomRemoved':
      return { ...list, rooms: removeRoom(list, event.roomId) }
    case 'held':
      return event.isHeld ? { ...list, isHeld: true } : release(list)
  }
}

/** Whether anything narrows the list. */
export function isNarrowed({ text, tag, privacy, hasRoom, phase }: LobbyQuery): boolean {
  return text.trim() !== '' || tag !== null || privacy !== null || hasRoom || phase !== null
}

/** Whether the room belongs to what is looked for at a moment of the server's clock, as the API would say. */
export function matchesQuery(room: RoomSummary, query: LobbyQuery, nowMs: number): boolean {
  const text = query.text.trim().toLowerCase()
  if (query.privacy !== null && room.privacy !== query.privacy) return false
  if (query.hasRoom && room.participantCount >= room.capacity) return false
  if (query.phase !== null && !isInPhase(room.timer, query.phase, nowMs)) return false
  if (query.tag !== null && !room.tags.includes(query.tag)) return false
  return text === '' || [room.name, ...room.tags].some((word) => word.toLowerCase().includes(text))
}

/** The rooms to list: without those that stand above as recent ones, unless something is looked for. */
export function selectListed(list: LobbyList, recent: LobbyList, query: LobbyQuery): readonly ListedRoom[] {
  if (recent.rooms.length === 0 || isNarrowed(query)) return list.rooms
  const above = new Set(recent.rooms.map(({ id }) => id))
  return list.rooms.filter(({ id }) => !above.has(id))
}

function readPage(list: LobbyList, { page, rooms }: PageRead): readonly ListedRoom[] {
  const listed = rooms.map(asListed)
  if (page === 'next') return [...list.rooms, ...unknownTo(list, listed)]
  if (page === 'first' || !list.isHeld) return listed
  const read = new Map(listed.map((room) => [room.id, room]))
  const kept = list.rooms.map((room) => {
    const again = read.get(room.id)
    // One that is no longer what is looked for is not read again, open as it may be.
    return again ? { ...again, isLate: room.isLate } : { ...room, isClosed: !room.isLeaving }
  })
  return [...kept, ...unknownTo(list, listed).map(asLate)]
}

function changeRoom(list: LobbyList, { room, query, nowMs }: RoomChanged): readonly ListedRoom[] {
  const at = list.rooms.findIndex((other) => other.id === room.id)
  const known = list.rooms[at]
  if (!matchesQuery(room, query, nowMs)) return known ? partWith(list, { ...known, ...room }) : list.rooms
  if (known) return list.rooms.with(at, { ...asListed(room), isLate: known.isLate })
  if (isBeyond(list, room)) return list.rooms
  if (list.isHeld) return [...list.rooms, asLate(room)]
  return insert(list.rooms, asListed(room), list.order)
}

/** The same list where every room still is what is looked for. */
function partWithUnmatched(
  list: LobbyList,
  { query, nowMs }: { readonly query: LobbyQuery; readonly nowMs: number },
): LobbyList {
  const isParting = (room: ListedRoom) => !room.isLeaving && !matchesQuery(room, query, nowMs)
  if (!list.rooms.some(isParting)) return list
  return {
    ...list,
    rooms: list.isHeld
      ? list.rooms.map((room) => (isParting(room) ? { ...room, isLeaving: true } : room))
      : list.rooms.filter((room) => !isParting(room)),
  }
}

function partWith(list: LobbyList, room: ListedRoom): readonly ListedRoom[] {
  return list.isHeld
    ? list.rooms.map((other) => (other.id === room.id ? { ...room, isLeaving: true } : other))
    : list.rooms.filter((other) => other.id !== room.id)
}

function removeRoom(list: LobbyList, roomId: string): readonly ListedRoom[] {
  return list.isHeld
    ? list.rooms.map((room) => (room.id === roomId ? { ...room, isClosed: true } : room))
    : list.rooms.filter((room) => room.id !== roomId)
}

/** Whether the room stands on a page that is not read yet, and comes with it. */
function isBeyond(list: LobbyList, room: RoomSummary): boolean {
  const last = list.rooms.findLast((other) => !other.isLate)
  return list.hasMore && last !== undefined && comesBefore(last, room, list.order)
}

function release(list: LobbyList): LobbyList {
  const open = list.rooms.filter((room) => !room.isClosed && !room.isLeaving)
  const settled = open.filter((room) => !room.isLate)
  const late = open.filter((room) => room.isLate).map(asListed)
  const rooms = late.reduce<readonly ListedRoom[]>((all, room) => insert(all, room, list.order), settled)
  return { ...list, rooms, isHeld: false }
}

function asListed(room: RoomSummary): ListedRoom {
  return { ...room, isClosed: false, isLeaving: false, isLate: false }
}

function asLate(room: RoomSummary): ListedRoom {
  return { ...asListed(room), isLate: true }
}

function unknownTo(list: LobbyList, rooms: readonly ListedRoom[]): readonly ListedRoom[] {
  const known = new Set(list.rooms.map((room) => room.id))
  return rooms.filter((room) => !known.has(room.id))
}

/** Puts a room where the order wants it. */
function insert(rooms: readonly ListedRoom[], room: ListedRoom, order: RoomOrder): readonly ListedRoom[] {
  const at = rooms.findIndex((other) => comesBefore(room, other, order))
  return rooms.toSpliced(at === -1 ? rooms.length : at, 0, room)
}
