import { describe, expect, test } from 'vitest'
import {
  channelMovedSchema,
  avatarChangedSchema,
  goalChangedSchema,
  mutedByCreatorSchema,
  recordingChangedSchema,
  roomTopic,
  timerChangedSchema,
  topologyChangedSchema,
  VIDEO_WISHES_MAX_COUNT,
  videoWishesMessageSchema,
} from './roomEvents.ts'

const id = 'b0000000-0000-4000-8000-000000000001'

describe('events of a room', () => {
  test('the topic names the epoch only once somebody was removed', () => {
    expect(roomTopic(id, 0)).toBe(`room:${id}`)
    expect(channelMovedSchema.parse({ channel: roomTopic(id, 2) })).toEqual({ channel: `room:${id}:2` })
  })

  test('a topology without a count that orders it is refused', () => {
    expect(topologyChangedSchema.safeParse({ topology: 'sfu', epoch: 3 }).success).toBe(true)
    expect(topologyChangedSchema.safeParse({ topology: 'sfu', epoch: -1 }).success).toBe(false)
    expect(topologyChangedSchema.safeParse({ topology: 'star', epoch: 1 }).success).toBe(false)
  })

  test('who is muted is named by person and connection', () => {
    expect(mutedByCreatorSchema.safeParse({ userId: id, connectionId: id }).success).toBe(true)
    expect(mutedByCreatorSchema.safeParse({ userId: id }).success).toBe(false)
  })
  test('a stopped timer is null, and one without its anchors is refused', () => {
    const moment = '2026-11-25T10:00:00.000000Z'
    const timer = {
      phase: 'focus',
      round: 1,
      phaseStartedAt: moment,
      phaseEndsAt: '2026-11-25T10:25:00.000000Z',
      focusMinutes: 25,
      shortBreakMinutes: 5,
      longBreakMinutes: 15,
      rounds: 4,
      isContinuing: true,
      pausedAt: null,
      updatedBy: id,
      updatedAt: moment,
      serverNow: moment,
    }
    expect(timerChangedSchema.parse({ timer: null })).toEqual({ timer: null })
    expect(timerChangedSchema.parse({ timer })).toEqual({ timer })
    expect(timerChangedSchema.safeParse({ timer: { ...timer, phaseEndsAt: null } }).success).toBe(false)
    expect(timerChangedSchema.safeParse({}).success).toBe(false)
  })

  test('a recording says how it stands and who has answered what', () => {
    const recording = {
      id,
      status: 'requested',
      requesterId: id,
      startedAt: null,
      endReason: null,
      answers: [{ userId: id, answer: 'given' }],
      serverNow: '2026-11-25T10:00:00.000000Z',
    }
    expect(recordingChangedSchema.parse(recording)).toEqual(recording)
    expect(recordingChangedSchema.safeParse({ ...recording, status: 'paused' }).success).toBe(false)
    expect(recordingChangedSchema.safeParse({ ...recording, answers: [{ userId: id }] }).success).toBe(false)
  })

  test('a picture is the name of one, or none', () => {
    expect(avatarChangedSchema.safeParse({ userId: id, avatar: 'cat-moss' }).success).toBe(true)
    expect(avatarChangedSchema.safeParse({ userId: id, avatar: null }).success).toBe(true)
    expect(avatarChangedSchema.safeParse({ userId: id, avatar: 'x'.repeat(33) }).success).toBe(false)
    expect(avatarChangedSchema.safeParse({ userId: id }).success).toBe(false)
  })

  test('a goal that is shared no more is null, and none is longer than a line', () => {
    expect(goalChangedSchema.safeParse({ userId: id, goal: null }).success).toBe(true)
    expect(goalChangedSchema.safeParse({ userId: id, goal: 'x'.repeat(120) }).success).toBe(true)
    expect(goalChangedSchema.safeParse({ userId: id, goal: 'x'.repeat(121) }).success).toBe(false)
    expect(goalChangedSchema.safeParse({ userId: id }).success).toBe(false)
  })

  test('wishes for pictures are addressed, bounded, and take what later versions add', () => {
    const picture = { shortSide: 360, framerate: 24 }
    const accepts = (wish: object, count = 1) =>
      videoWishesMessageSchema.safeParse({ from: id, wishes: Array.from({ length: count }, () => wish) })
    expect(accepts({ to: id, picture: { ...picture, colours: 2 }, since: 3 }).data?.wishes).toEqual([
      { to: id, picture },
    ])
    expect(accepts({ to: id, picture: null }, VIDEO_WISHES_MAX_COUNT).success).toBe(true)
    expect(accepts({ to: id, picture: null }, VIDEO_WISHES_MAX_COUNT + 1).success).toBe(false)
    expect(accepts({ picture }).success).toBe(false)
    for (const shortSide of [0, -1, 0.5, 1e9]) {
      expect(accepts({ to: id, picture: { shortSide, framerate: 24 } }).success).toBe(false)
    }
  })
})
