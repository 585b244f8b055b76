import type { RoomSummary } from '../../shared/domain/room.ts'
import type { PersonSnapshot } from '../core/call/callSnapshot.ts'

/** Fixed people and rooms, so that two pictures of one screen are the same. */

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const ada = { userId: id(1), displayName: 'Ada Lindqvist' }

function room(n: number, fields: Partial<RoomSummary> & Pick<RoomSummary, 'name'>): RoomSummary {
  return {
    id: id(100 + n),
    privacy: 'public',
    tags: [],
    participantCount: 0,
    maxParticipants: 50,
    capacity: 50,
    hasPassword: false,
    createdAt: `2026-11-22T17:${String(59 - n).padStart(2, '0')}:00+00:00`,
    ...fields,
  }
}

export const rooms: readonly RoomSummary[] = [
  room(1, {
    name: 'Deep work, cameras on',
    tags: ['maths', 'quiet'],
    participantCount: 6,
    maxParticipants: 12,
  }),
  room(2, { name: 'Medical school finals', tags: ['medicine', 'anatomy'], participantCount: 9 }),
  room(3, { name: 'Thesis hour', tags: ['writing', 'quiet'], participantCount: 3, maxParticipants: 4 }),
  room(4, {
    name: 'Linear algebra, problem set 7',
    tags: ['maths'],
    participantCount: 4,
    maxParticipants: 4,
  }),
  room(5, { name: 'Comparative constitutional law', tags: ['law'], participantCount: 2 }),
  room(6, { name: 'Our reading group', privacy: 'private', tags: ['languages'], participantCount: 1 }),
  room(7, { name: 'Silent morning pages', tags: ['writing', 'quiet'] }),
  room(8, {
    name: 'Preparing for the second part of the state examination in pharmacy, evenings',
    tags: ['pharmacy', 'exam', 'evening'],
  }),
]

function person(n: number, displayName: string, fields: Partial<PersonSnapshot> = {}): PersonSnapshot {
  return {
    userId: id(n),
    connectionId: id(200 + n),
    displayName,
    mediaState: { isMuted: true, isVideoOff: false, isScreensharing: false },
    link: 'connected',
    path: 'mesh',
    goal: null,
    ...fields,
  }
}

export const people: readonly PersonSnapshot[] = [
  person(2, 'Mia Okafor', { goal: 'Outline of chapter two' }),
  person(3, 'Jón Þórsson', {
    mediaState: { isMuted: true, isVideoOff: true, isScreensharing: false },
  }),
  person(4, 'Aiko Tanaka', {
    mediaState: { isMuted: false, isVideoOff: true, isScreensharing: false },
    link: 'reconnecting',
  }),
]

/** As many people as it takes to need more than one page. */
export function manyPeople(count: number): readonly PersonSnapshot[] {
  return Array.from({ length: count }, (_, index) => {
    const like = people[index % people.length]
    return person(20 + index, `${like?.displayName ?? 'Somebody'} ${index + 1}`)
  })
}
