import type { RoomOrder, RoomSummary } from '../../../shared/domain/room.ts'

/**
 * What a name is sorted by: small letters without accents, as `private.room_name_key` of the database has it. Where the two disagree
 * about a rare letter, a room that the feed tells of stands a little off until the list is read again.
 */
export function roomNameKey(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/[\u0300-\u036F]/gu, '')
  // Letter by letter: the database knows no other form at the end of a word.
  return Array.from(plain, (letter) => letter.toLowerCase())
    .join('')
    .normalize('NFC')
}

/** Whether a room stands before another one in an order, as the API lists them. */
export function comesBefore(room: RoomSummary, other: RoomSummary, order: RoomOrder): boolean {
  const isNewer = Date.parse(room.createdAt) > Date.parse(other.createdAt)
  switch (order) {
    case 'lively':
      return room.participantCount === other.participantCount
        ? isNewer
        : room.participantCount > other.participantCount
    case 'newest':
      return isNewer
    case 'name':
      return roomNameKey(room.name) < roomNameKey(other.name)
  }
}
