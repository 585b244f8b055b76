import type { RoomInvite } from '../../shared/api/invites.ts'
import type { RoomBan } from '../../shared/api/moderation.ts'
import type { RecurringMember, RecurringRoom } from '../../shared/api/recurringRooms.ts'
import type { RoomSummary } from '../../shared/domain/room.ts'
import type { TimerAnchors } from '../../shared/domain/timer.ts'
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
    timer: null,
    createdAt: `2026-11-22T17:${String(59 - n).padStart(2, '0')}:00+00:00`,
    ...fields,
  }
}

/** A timer with so many minutes left, and some seconds, so that no picture is taken while a minute ends. */
function timer(phase: TimerAnchors['phase'], minutesLeft: number, isPaused = false): TimerAnchors {
  const now = Date.now()
  const at = (ms: number) => new Date(now + ms).toISOString()
  return {
    phase,
    round: 1,
    phaseStartedAt: at(-60_000),
    phaseEndsAt: at(minutesLeft * 60_000 - 2_000),
    focusMinutes: 25,
    shortBreakMinutes: 5,
    longBreakMinutes: 15,
    rounds: 4,
    isContinuing: true,
    pausedAt: isPaused ? at(0) : null,
  }
}

export const rooms: readonly RoomSummary[] = [
  room(1, {
    name: 'Deep work, cameras on',
    tags: ['maths', 'quiet'],
    participantCount: 6,
    maxParticipants: 12,
    timer: timer('focus', 14),
  }),
  room(2, {
    name: 'Medical school finals',
    tags: ['medicine', 'anatomy'],
    participantCount: 9,
    timer: timer('short_break', 3),
  }),
  room(3, { name: 'Thesis hour', tags: ['writing', 'quiet'], participantCount: 3, maxParticipants: 4 }),
  room(4, {
    name: 'Linear algebra, problem set 7',
    tags: ['maths'],
    participantCount: 4,
    maxParticipants: 4,
  }),
  room(5, {
    name: 'Comparative constitutional law',
    tags: ['law'],
    participantCount: 2,
    timer: timer('focus', 9, true),
  }),
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
    avatar: null,
    mediaState: { isMuted: true, isVideoOff: false, isScreensharing: false },
    link: 'connected',
    path: 'mesh',
    goal: null,
    handRaisedAt: null,
    ...fields,
  }
}

export const people: readonly PersonSnapshot[] = [
  person(2, 'Mia Okafor', { avatar: 'squirrel-clay', goal: 'Outline of chapter two' }),
  person(3, 'Jón Þórsson', {
    avatar: 'mountain-slate',
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

/** Who belongs to a recurring room of Ada's. */
export const recurringMembers: readonly RecurringMember[] = [
  ada.displayName,
  'Mia Okafor',
  'Jón Þórsson',
  'Aiko Tanaka',
].map((displayName, index) => ({
  userId: `00000000-0000-4000-8000-00000000030${index}`,
  displayName,
  isOwner: index === 0,
  joinedAt: `2026-1${index === 0 ? 0 : 1}-0${2 * index + 1}T17:00:00.000Z`,
}))

/** What was sent out for a room: by oneself, by who had it before, by an account that is gone. */
export function roomInvites(nowMs: number): readonly RoomInvite[] {
  const moment = (inHours: number) => new Date(nowMs + inHours * 3_600_000).toISOString()
  return [ada, { userId: id(2), displayName: 'Mia Okafor' }, null].map((createdBy, index) => ({
    id: id(400 + index),
    createdBy,
    createdAt: moment(-20 * index - 1),
    expiresAt: moment(167 - 60 * index),
    maxUses: 25,
    usedCount: [3, 24, 0][index] ?? 0,
  }))
}

/** One for good, one for some minutes. */
export function roomBans(nowMs: number): readonly RoomBan[] {
  const moment = (inMinutes: number) => new Date(nowMs + inMinutes * 60_000).toISOString()
  return [
    { userId: id(9), displayName: 'Cleo Marchetti', bannedAt: moment(-1), expiresAt: moment(4) },
    { userId: id(10), displayName: 'Somebody', bannedAt: moment(-2_000), expiresAt: null },
  ]
}

/** Recurring rooms around a moment: one with people, one that is on, one tomorrow, one by a rule that has no few words. */
export function recurringRooms(nowMs: number): readonly RecurringRoom[] {
  const hourMs = 3_600_000
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const make = (
    index: number,
    name: string,
    startsInMs: number,
    changes: Partial<RecurringRoom> = {},
  ): RecurringRoom => ({
    id: `00000000-0000-4000-8000-00000000010${index}`,
    name,
    privacy: 'private',
    tags: [],
    maxParticipants: 50,
    settings: { allowChat: true, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
    isOwner: index === 0,
    rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,TH',
    startsAt: '2026-11-24T18:00',
    timeZone,
    durationMinutes: 60,
    nextStartsAt: new Date(nowMs + startsInMs).toISOString(),
    nextEndsAt: new Date(nowMs + startsInMs + hourMs).toISOString(),
    isOnNow: startsInMs <= 0,
    liveRoomId: null,
    participantCount: 0,
    participants: [],
    ...changes,
  })
  return [
    make(0, 'Thesis hour', -hourMs / 2, {
      participantCount: 3,
      participants: ['Mia', 'Jon', 'Aiko'].map((displayName, index) => ({
        userId: `00000000-0000-4000-8000-00000000020${index}`,
        displayName,
      })),
    }),
    make(1, 'Linear algebra', 26 * hourMs, { rrule: 'FREQ=WEEKLY;BYDAY=FR', timeZone: 'America/New_York' }),
    make(2, 'Quiet morning with a name that does not fit', -hourMs / 4, { rrule: 'FREQ=DAILY' }),
    make(3, 'Reading circle', 200 * hourMs, { rrule: 'FREQ=MONTHLY;BYDAY=2MO' }),
  ]
}

/** The two that somebody has who comes every evening: one with people, one tomorrow at six. */
export function eveningRooms(nowMs: number): readonly RecurringRoom[] {
  const tomorrow = new Date(nowMs)
  tomorrow.setDate(tomorrow.getDate() + 1)
  tomorrow.setHours(18, 0, 0, 0)
  const day = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][tomorrow.getDay()] ?? 'MO'
  const [first, second] = recurringRooms(nowMs)
  if (first === undefined || second === undefined) return []
  return [
    { ...first, name: 'Writing group' },
    {
      ...second,
      rrule: `FREQ=WEEKLY;BYDAY=${day}`,
      timeZone: first.timeZone,
      nextStartsAt: tomorrow.toISOString(),
      nextEndsAt: new Date(tomorrow.getTime() + 3_600_000).toISOString(),
    },
  ]
}
