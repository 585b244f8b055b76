import type { RoomSummary } from '../../src/shared/domain/room.ts'

let made = 0

/** A public room, empty unless told otherwise; each is a minute older than the one before. */
export function createRoomSummary(name: string, changes: Partial<RoomSummary> = {}): RoomSummary {
  made += 1
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    name,
    privacy: 'public',
    tags: [],
    participantCount: 0,
    maxParticipants: 50,
    capacity: 50,
    hasPassword: false,
    timer: null,
    createdAt: new Date(Date.UTC(2026, 2, 1, 12) - made * 60_000).toISOString(),
    ...changes,
  }
}
