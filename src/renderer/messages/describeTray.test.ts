import { describe, expect, test } from 'vitest'
import { createMember, createRecurringRoom } from '../../../test/support/recurringRooms.ts'
import { trayViewSchema } from '../../shared/tray/trayView.ts'
import { planTray, type TrayCall } from '../core/tray/planTray.ts'
import { createMessages } from './createMessages.ts'
import { describeMoment, describeRecurrence } from './describeOccasion.ts'
import { describeReminder, describeTray } from './describeTray.ts'

const { t } = createMessages()
/** Noon where the tests run, so that today is today. */
const noonMs = new Date(2026, 10, 24, 12).getTime()
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime()
const call: TrayCall = {
  roomName: 'Thesis hour',
  recurringRoomId: null,
  headcount: 3,
  isHeard: true,
  isCameraOn: true,
  allowsVideo: true,
  timer: { phase: 'focus', minutes: 14, isPaused: false },
  isRecorded: false,
}
const input = {
  backend: 'ready',
  isSignedIn: true,
  hasSettings: true,
  call,
  rooms: [],
  nowMs: noonMs,
} as const

describe('the tray in words', () => {
  const live = createRecurringRoom('Early birds', {
    participantCount: 2,
    participants: [createMember('Mia')],
  })
  const later = createRecurringRoom('Linear algebra', {
    nextStartsAt: new Date(at(25, 18)).toISOString(),
    nextEndsAt: new Date(at(25, 19)).toISOString(),
  })
  const labels = (...args: Parameters<typeof planTray>) =>
    describeTray(t, 'en', planTray(...args), noonMs).groups.map((group) => group.map(({ label }) => label))

  test('in a call', () => {
    expect(labels({ ...input, rooms: [later, live] })).toEqual([
      ['Focus · 14 minutes left', 'Thesis hour · 3 people', 'Mute', 'Turn camera off', 'Leave'],
      ['Early birds · on now · 2 people', 'Linear algebra · tomorrow 6:00 PM'],
      ['Open Studyhall', 'New room', 'Settings', 'Quit'],
    ])
  })

  test('while the backend is away', () => {
    expect(labels({ ...input, call: null, isSignedIn: false, backend: 'away' })[0]).toEqual([
      'Waiting for your rooms',
    ])
  })

  test('names of any length make a menu that the contract allows', () => {
    const name = 'Ω'.repeat(80)
    const view = describeTray(
      t,
      'en',
      planTray({ ...input, call: { ...call, roomName: name }, rooms: [createRecurringRoom(name)] }),
      noonMs,
    )
    expect(trayViewSchema.safeParse(view).success).toBe(true)
    expect(view.tooltip).toContain('…: 3 people')
  })
})

describe('when it is', () => {
  test.each([
    [at(24, 18), 'today 6:00 PM'],
    [at(25, 8), 'tomorrow 8:00 AM'],
    [at(27, 8), 'Friday 8:00 AM'],
    [at(30, 23), 'Monday 11:00 PM'],
    [new Date(2026, 11, 3, 8).getTime(), 'Dec 3 8:00 AM'],
  ])('%i: %s', (atMs, expected) => {
    expect(describeMoment(t, 'en', atMs, noonMs)).toBe(expected)
  })

  test.each([
    ['FREQ=WEEKLY;BYDAY=TU,TH', 'Tue, Thu at 6:00 PM'],
    ['FREQ=DAILY', 'Every day at 6:00 PM'],
    ['FREQ=MONTHLY;BYDAY=2MO', 'Repeats, at 6:00 PM'],
  ])('%s', (rrule, expected) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    expect(describeRecurrence(t, 'en', createRecurringRoom('Thesis hour', { rrule, timeZone }))).toBe(
      expected,
    )
  })

  test('with the hours of the language', () => {
    expect(describeMoment(t, 'de', at(24, 18), noonMs)).toBe('today 18:00')
    expect(describeMoment(t, 'ja', at(25, 8), noonMs)).toBe('tomorrow 8:00')
    const room = createRecurringRoom('Thesis hour', { timeZone: 'Asia/Tokyo' })
    expect(describeRecurrence(t, 'fr', room)).toBe('mar. at 18:00 (Asia/Tokyo)')
  })

  test('in another zone it is said in which', () => {
    const room = createRecurringRoom('Thesis hour', { timeZone: 'America/New_York' })
    expect(describeRecurrence(t, 'en', room)).toBe('Tue at 6:00 PM (America/New York)')
  })
})

describe('a reminder', () => {
  const startsAtMs = Date.parse('2026-11-24T17:00:00.000Z')
  test('says when, and who is there already', () => {
    const room = createRecurringRoom('Thesis hour', {
      participantCount: 2,
      participants: [createMember('Mia'), createMember('Jon')],
    })
    expect(describeReminder(t, 'en', room, startsAtMs - 300_000, 'darwin')).toEqual({
      title: 'Thesis hour',
      body: 'Begins in 5 minutes. There already: Mia, Jon.',
      button: { label: 'Join', command: { kind: 'joinRecurring', recurringRoomId: room.id } },
      press: { kind: 'show' },
    })
  })

  test('says that a press joins where there are no buttons', () => {
    const { body } = describeReminder(
      t,
      'en',
      createRecurringRoom('Thesis hour'),
      startsAtMs - 60_000,
      'linux',
    )
    expect(body).toBe('Begins in 1 minute. Press to join.')
  })
})
