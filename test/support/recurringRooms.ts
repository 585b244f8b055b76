import type { RecurringRoom } from '../../src/shared/api/recurringRooms.ts'

let lastNumber = 0

/** A recurring room on Tuesdays at 18:00 in Berlin, an hour long, of which the caller is a member. */
export function createRecurringRoom(name: string, changes: Partial<RecurringRoom> = {}): RecurringRoom {
  lastNumber += 1
  return {
    id: `00000000-0000-4000-8000-${String(lastNumber).padStart(12, '0')}`,
    name,
    privacy: 'private',
    tags: [],
    maxParticipants: 50,
    settings: { allowChat: true, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
    isOwner: false,
    rrule: 'FREQ=WEEKLY;BYDAY=TU',
    startsAt: '2026-11-24T18:00',
    timeZone: 'Europe/Berlin',
    durationMinutes: 60,
    nextStartsAt: '2026-11-24T17:00:00.000Z',
    nextEndsAt: '2026-11-24T18:00:00.000Z',
    isOnNow: false,
    liveRoomId: null,
    participantCount: 0,
    participants: [],
    ...changes,
  }
}

/** Somebody in a recurring room, as its list names them. */
export function createMember(displayName: string): RecurringRoom['participants'][number] {
  lastNumber += 1
  return { userId: `00000000-0000-4000-8000-${String(lastNumber).padStart(12, '0')}`, displayName }
}
