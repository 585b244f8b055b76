import { describe, expect, test } from 'vitest'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { planTray, type TrayCall, type TrayInput } from './planTray.ts'

const nowMs = Date.parse('2026-11-24T12:00:00Z')
const idle: TrayInput = {
  backend: 'ready',
  isSignedIn: true,
  hasSettings: true,
  call: null,
  rooms: [],
  nowMs,
}
const call: TrayCall = {
  roomName: 'Thesis hour',
  recurringRoomId: null,
  headcount: 3,
  isHeard: true,
  isCameraOn: true,
  allowsVideo: true,
  timer: null,
  isRecorded: false,
}
const kinds = (input: TrayInput) => planTray(input).groups.map((group) => group.map(({ kind }) => kind))

describe('the tray', () => {
  test('in a call: the timer, the room, what can be turned off, then the rooms, then the app', () => {
    const input: TrayInput = {
      ...idle,
      call: { ...call, timer: { phase: 'focus', minutes: 14, isPaused: false } },
      rooms: [createRecurringRoom('Linear algebra')],
    }
    expect(kinds(input)).toEqual([
      ['timer', 'call', 'microphone', 'camera', 'leave'],
      ['recurring'],
      ['open', 'newRoom', 'settings', 'quit'],
    ])
    expect(planTray(input).groups[0]?.[0]).toMatchObject({ minutes: 14 })
  })

  test('without a call there is nothing to turn off', () => {
    expect(kinds(idle)).toEqual([['open', 'newRoom', 'settings', 'quit']])
  })

  test('who is not signed in has no rooms', () => {
    const input = { ...idle, isSignedIn: false, rooms: [createRecurringRoom('Thesis hour')] }
    expect(kinds(input)).toEqual([['open', 'quit']])
  })

  test('a backend that is away is said first', () => {
    expect(kinds({ ...idle, backend: 'away', isSignedIn: false })).toEqual([['backend'], ['open', 'quit']])
  })

  test('a room without video has no camera to turn', () => {
    expect(kinds({ ...idle, call: { ...call, allowsVideo: false } })[0]).toEqual([
      'call',
      'microphone',
      'leave',
    ])
  })

  test.each([
    ['idle', null],
    ['heard', call],
    ['muted', { ...call, isHeard: false }],
  ] as const)('the icon says %s', (icon, current) => {
    expect(planTray({ ...idle, call: current }).icon).toBe(icon)
  })

  test('those that are on come first, and the one we are in is marked', () => {
    const later = createRecurringRoom('Later')
    const live = createRecurringRoom('Live', { participantCount: 2 })
    const plan = planTray({
      ...idle,
      rooms: [later, live],
      call: { ...call, recurringRoomId: live.id },
    })
    expect(plan.groups[1]).toMatchObject([
      { name: 'Live', isHere: true, occasion: { kind: 'live', count: 2 } },
      { name: 'Later', isHere: false, occasion: { kind: 'next' } },
    ])
  })

  test('with many rooms the menu stays short', () => {
    const rooms = Array.from({ length: 40 }, (_, index) => createRecurringRoom(`Room ${index}`))
    expect(planTray({ ...idle, rooms }).groups[0]).toHaveLength(10)
  })
})
